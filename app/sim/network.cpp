#include "app/sim/network.h"

#include "sync/codec.h"

#include <algorithm>

namespace anteroom::sim {

bool Line::waits(Way way) const
{
    return way == Way::Up ? !up.empty() && hostEnd && !heldUp : !down.empty() && clientEnd && !heldDown;
}

Line &Network::open(int client, int host)
{
    Line line;
    line.conn = ++m_last;
    line.client = client;
    line.host = host;
    return m_lines.emplace(line.conn, std::move(line)).first->second;
}

Line *Network::ofClient(int client)
{
    for (auto &[conn, line] : m_lines)
        if (line.client == client && line.clientEnd)
            return &line;
    return nullptr;
}

Line *Network::find(sync::ConnId conn)
{
    const auto found = m_lines.find(conn);
    return found == m_lines.end() ? nullptr : &found->second;
}

std::vector<Line *> Network::all()
{
    std::vector<Line *> out;
    for (auto &[conn, line] : m_lines)
        out.push_back(&line);
    return out;
}

std::vector<std::pair<Line *, Way>> Network::moves()
{
    std::vector<std::pair<Line *, Way>> out;
    for (auto &[conn, line] : m_lines)
        for (const Way way : {Way::Up, Way::Down})
            if (line.waits(way))
                out.emplace_back(&line, way);
    return out;
}

PacketPtr Network::packet(const sync::MessagePtr &message)
{
    if (m_encoded.first == message)
        return m_encoded.second;
    auto out = std::make_shared<Packet>();
    out->bytes = sync::encode(*message);
    if (auto decoded = sync::decode(out->bytes))
        out->message = std::make_shared<const sync::Message>(std::move(*decoded));
    else
        m_trace.fail("S4", "what was sent cannot be read: " + decoded.error().detail.toStdString());
    m_encoded = {message, out};
    return out;
}

void Network::send(Line &line, Way way, const sync::MessagePtr &message)
{
    if (!(way == Way::Up ? line.clientEnd : line.hostEnd) || !(way == Way::Up ? line.hostEnd : line.clientEnd))
        return;
    sync::MessagePtr passes = message;
    if (m_plant)
        passes = m_plant->passing(way == Way::Up, line.client, message);
    if (!passes)
        return;
    if (PacketPtr made = packet(passes); made->message)
        (way == Way::Up ? line.up : line.down).push_back(std::move(made));
}

PacketPtr Network::take(Line &line, Way way)
{
    auto &queue = way == Way::Up ? line.up : line.down;
    PacketPtr out = std::move(queue.front());
    queue.pop_front();
    m_trace.note(line.conn * 2 + (way == Way::Up));
    m_trace.note(out->bytes);
    if (m_trace.aloud())
        m_trace.say((way == Way::Up ? "PC " + std::to_string(line.client) + " -> host: " : "host -> PC " + std::to_string(line.client) + ": ") + nameOf(*out->message));
    return out;
}

void Network::leave(Line &line, Way towardsWhom)
{
    if (towardsWhom == Way::Up) {
        line.hostEnd = false;
        line.up.clear();
    } else {
        line.clientEnd = false;
        line.down.clear();
    }
}

void Network::sweep()
{
    std::erase_if(m_lines, [](const auto &item) { return !item.second.clientEnd && !item.second.hostEnd; });
}

void Network::lose(Line &line, Way way, Dice &dice)
{
    auto &queue = way == Way::Up ? line.up : line.down;
    if (!queue.empty())
        queue.erase(queue.begin() + dice.below(static_cast<int>(queue.size())));
}

void Network::repeat(Line &line, Way way, Dice &dice)
{
    auto &queue = way == Way::Up ? line.up : line.down;
    if (!queue.empty()) {
        const PacketPtr again = queue[static_cast<std::size_t>(dice.below(static_cast<int>(queue.size())))];
        queue.insert(queue.begin() + dice.below(static_cast<int>(queue.size()) + 1), again);
    }
}

void Network::reorder(Line &line, Way way, Dice &dice)
{
    auto &queue = way == Way::Up ? line.up : line.down;
    if (queue.size() > 1)
        std::swap(queue[static_cast<std::size_t>(dice.below(static_cast<int>(queue.size()) - 1))], queue.back());
}

void Network::release()
{
    for (auto &[conn, line] : m_lines)
        line.heldUp = line.heldDown = false;
}

namespace {

std::string words(const sync::Hello &m)
{
    return "HELLO " + std::to_string(m.incarnation) + " epoch " + std::to_string(m.epoch.number) + " cursor " + std::to_string(m.cursor.rev)
           + (m.cursor.pos == schema::kAllOfRev ? "" : '/' + std::to_string(m.cursor.pos)) + " real " + std::to_string(m.real.rev) + " retired " + std::to_string(m.retired);
}
std::string words(const sync::Welcome &m)
{
    return "WELCOME epoch " + std::to_string(m.epoch.number) + " head " + std::to_string(m.head) + " last " + std::to_string(m.lastSeq)
           + (m.fork ? " fork " + std::to_string(*m.fork) : "") + (m.probe ? " probe" : "") + (m.taken ? " taken" : "");
}
std::string answers(const sync::Answers &list)
{
    std::string out;
    for (const auto &[seq, reply] : list)
        out += " #" + std::to_string(seq) + '=' + std::to_string(static_cast<int>(reply.verdict)) + (reply.why.empty() ? "" : " (" + reply.why + ')');
    return out;
}
std::string rows(const std::vector<sync::RowAt> &list)
{
    std::string out;
    for (const sync::RowAt &r : list)
        out += ' ' + std::string(r.table->name) + ' ' + r.row.id.toString().right(6).toStdString() + '@' + std::to_string(r.at.rev);
    return out;
}
std::string words(const sync::Page &m)
{
    return "PAGE head " + std::to_string(m.head.rev) + ' ' + std::to_string(m.from.rev) + ".." + std::to_string(m.to.rev) + (m.final ? " final" : "") + rows(m.rows) + answers(m.answers);
}
std::string words(const sync::Frame &m) { return "FRAME " + std::to_string(m.prev) + ">" + std::to_string(m.rev) + rows(m.rows) + answers(m.answers); }
std::string words(const sync::Push &m) { return "PUSH #" + std::to_string(m.seq) + ' ' + m.entry.act + (m.provisional ? " provisional" : ""); }
std::string words(const sync::Ack &m) { return "ACK " + std::to_string(m.cursor.rev) + " retired " + std::to_string(m.retired); }
std::string words(const sync::Offer &m) { return "OFFER of " + std::to_string(m.real.rev) + rows(m.rows); }
std::string words(const sync::Beat &m) { return "BEAT " + std::to_string(m.rev); }
std::string words(const sync::Refuse &m) { return "REFUSE " + m.words; }
template <typename Other>
std::string words(const Other &) { return "another message"; }

} // namespace

std::string nameOf(const sync::Message &message)
{
    return std::visit([](const auto &m) { return words(m); }, message);
}

} // namespace anteroom::sim
