// Network: the lines between clients and hosts. What is sent lies encoded until it is delivered. A line can be cut at
// both ends or at one (half-open), held in one direction or both, and what is under way can be lost, repeated or passed
// by what was sent after it. Who hears what is the PCs' business.
#pragma once

#include "app/sim/plant.h"
#include "app/sim/trace.h"
#include "sync/effects.h"

#include <deque>
#include <map>

namespace anteroom::sim {

enum class Way : std::uint8_t { Up, Down };      // up: to the host

struct Packet {
    QByteArray bytes;
    sync::MessagePtr message;                    // decoded from the bytes
};
using PacketPtr = std::shared_ptr<const Packet>;

struct Line {
    sync::ConnId conn = 0;
    int client = 0, host = 0;                    // PCs
    std::deque<PacketPtr> up, down;
    bool clientEnd = true, hostEnd = true;       // who still thinks that it stands
    bool heldUp = false, heldDown = false;

    [[nodiscard]] bool waits(Way way) const;     // something can be delivered
};

class Network {
public:
    Network(Trace &trace, Plant *plant) : m_trace(trace), m_plant(plant) {}

    Line &open(int client, int host);
    [[nodiscard]] Line *ofClient(int client);    // whose client's end stands
    [[nodiscard]] Line *find(sync::ConnId conn);
    [[nodiscard]] std::vector<Line *> all();
    [[nodiscard]] std::vector<std::pair<Line *, Way>> moves();

    void send(Line &line, Way way, const sync::MessagePtr &message);
    [[nodiscard]] PacketPtr take(Line &line, Way way);

    // One end goes. What is under way to the other end may still arrive there.
    void leave(Line &line, Way towardsWhom);     // Up: the host's end goes
    void sweep();                                // forgets lines that have no end left

    // Strange lines.
    void lose(Line &line, Way way, Dice &dice);
    void repeat(Line &line, Way way, Dice &dice);
    void reorder(Line &line, Way way, Dice &dice);
    void release();                              // nothing is held any more

private:
    [[nodiscard]] PacketPtr packet(const sync::MessagePtr &message);

    Trace &m_trace;
    Plant *m_plant;
    std::map<sync::ConnId, Line> m_lines;
    sync::ConnId m_last = 0;
    std::pair<sync::MessagePtr, PacketPtr> m_encoded;        // a frame goes to all: encoded once
};

[[nodiscard]] std::string nameOf(const sync::Message &message);      // for the trace

} // namespace anteroom::sim
