#include "ui/settings/settings_page.h"

#include "ui/common/field.h"
#include "ui/common/label.h"
#include "ui/common/message_strip.h"
#include "ui/common/panel.h"
#include "ui/common/rows.h"
#include "ui/common/segments.h"
#include "ui/common/switch.h"
#include "ui/queue/queue_model.h"
#include "ui/queue/ticket_columns.h"
#include "ui/settings/app_settings.h"
#include "ui/settings/switch_row.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QDir>
#include <QListWidget>
#include <QLocale>
#include <QPainter>
#include <QStackedWidget>

namespace anteroom::ui {
namespace {

constexpr int kNavWidth = 196, kFormWidth = 520;
constexpr const char *kSections[] = {"network", "desk", "look", "data"};

// A section of the list: 36 px, the chosen one rounded and soft, no hairlines.
class SectionDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {kNavWidth, Theme::of(option.widget).px(size::kNavPitch)};
    }
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Theme &theme = Theme::of(option.widget);
        const QRect box = option.rect.adjusted(0, 1, 0, -1);
        const bool chosen = option.state & QStyle::State_Selected;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (chosen || option.state & QStyle::State_MouseOver)
            paintBox(painter, box, size::kRadius, theme.color(chosen ? Tone::AccentSoft : Tone::Hover));
        if (chosen && option.state & QStyle::State_HasFocus)
            paintFocus(painter, theme, box, size::kRadius);
        paintText(painter, box.adjusted(12, 0, -8, 0), index.data().toString(), theme.font(Type::Body, chosen ? QFont::DemiBold : QFont::Normal),
                  theme.color(chosen ? Tone::AccentText : Tone::Text));
        painter->restore();
    }
};

// Of what the program brings: anteroom_fr.qm is French.
QStringList translationNames()
{
    QStringList names;
    for (const QString &file : QDir(QStringLiteral(":/anteroom/translations")).entryList({QStringLiteral("anteroom_*.qm")}, QDir::Files))
        names.append(file.section(QLatin1Char('_'), 1).chopped(3));
    return names;
}

QWidget *form(const QString &title, const QString &words, std::initializer_list<QWidget *> fields)
{
    auto *panel = new Panel;
    auto *layout = new QVBoxLayout;
    layout->setContentsMargins(19, 14, 19, 16);
    layout->setSpacing(12);
    layout->addWidget(new Label(title, Type::Section));
    auto *line = new Label(words, Type::Secondary, Tone::Text2);
    line->setWordWrap(true);
    layout->addWidget(line);
    for (QWidget *field : fields)
        layout->addWidget(field);
    panel->column()->addLayout(layout);
    panel->setMaximumWidth(kFormWidth);
    auto *box = new QWidget;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(panel);
    column->addStretch();
    return box;
}

} // namespace

SettingsPage::SettingsPage(const Context &context, QueueModel &queue, QWidget *parent)
    : Page(parent), m_settings(context.settings), m_queue(queue), m_nav(new QListWidget), m_stack(new QStackedWidget), m_network(new NetworkSection(context))
{
    setUpList(m_nav);
    m_nav->setItemDelegate(new SectionDelegate(m_nav));
    m_nav->setFixedWidth(kNavWidth);
    m_nav->setFrameShape(QFrame::NoFrame);
    m_nav->addItems({tr("Network and sync"), tr("This desk"), tr("Appearance and language")});
    m_nav->setAccessibleName(tr("Sections"));
    m_stack->addWidget(m_network);
    m_stack->addWidget(buildDesk());
    m_stack->addWidget(buildLook());
    auto *failure = new MessageStrip(Hue::Danger);
    failure->hide();
    connect(&m_settings, &AppSettings::failed, failure, [failure](const QString &words) {
        failure->setMessage(tr("This was not kept"), words);
        failure->show();
    });
    auto *column = new QVBoxLayout;
    column->setSpacing(size::kPanelGap);
    column->addWidget(failure);
    column->addWidget(m_stack, 1);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(size::kPageMargin, 0, size::kPageMargin, size::kPageMargin);
    row->setSpacing(size::kPageMargin);
    row->addWidget(m_nav);
    row->addLayout(column, 1);
    connect(m_nav, &QListWidget::currentRowChanged, this, [this](int section) {
        m_stack->setCurrentIndex(std::max(section, 0));
        Q_EMIT headChanged();
    });
    m_nav->setCurrentRow(0);
    connect(&m_queue, &QueueModel::lanesChanged, this, &SettingsPage::fillDesk);
    connect(&m_settings, &AppSettings::deskChanged, this, &SettingsPage::fillDesk);
    fillDesk();
}

QString SettingsPage::subtitle() const { return m_nav->currentItem() ? m_nav->currentItem()->text() : QString(); }

QWidget *SettingsPage::firstFocus() { return m_nav; }

void SettingsPage::showSection(const QString &id)
{
    for (int i = 0; i < static_cast<int>(std::size(kSections)); ++i)
        if (id == QLatin1String(kSections[i]))
            m_nav->setCurrentRow(i);
}

QWidget *SettingsPage::buildDesk()
{
    m_point = new QComboBox;
    m_room = new QComboBox;
    auto *point = new Field(tr("Service point"), m_point);
    auto *room = new Field(tr("Room"), m_room, Field::Need::Optional);
    room->setHint(tr("Where people are called to"));
    connect(m_point, &QComboBox::activated, this, [this] { m_settings.setDesk(Uuid::fromString(m_point->currentData().toString()).value_or(Uuid{}), {}); });
    connect(m_room, &QComboBox::activated, this, [this] {
        m_settings.setDesk(m_settings.servicePoint(), Uuid::fromString(m_room->currentData().toString()).value_or(Uuid{}));
    });
    return form(tr("This desk"), tr("Call next serves this service point. Other PCs are not changed by it."), {point, room});
}

QWidget *SettingsPage::buildLook()
{
    auto *scheme = new Segments;
    scheme->add(tr("As the system"), static_cast<int>(Theme::Scheme::System));
    scheme->add(tr("Light"), static_cast<int>(Theme::Scheme::Light));
    scheme->add(tr("Dark"), static_cast<int>(Theme::Scheme::Dark));
    scheme->setValue(static_cast<int>(m_settings.scheme()));
    connect(scheme, &Segments::chosen, this, [this, scheme] { m_settings.setScheme(static_cast<Theme::Scheme>(scheme->value().toInt())); });
    auto *scale = new Segments;
    for (const int percent : {100, 115, 130})
        scale->add(tr("%1 %").arg(percent), percent);
    scale->setValue(m_settings.scale());
    connect(scale, &Segments::chosen, this, [this, scale] { m_settings.setScale(scale->value().toInt()); });
    auto *keycaps = new Switch(tr("Show keys on buttons"));
    keycaps->setChecked(m_settings.keycaps());
    connect(keycaps, &Switch::clicked, this, [this](bool on) { m_settings.setKeycaps(on); });
    auto *motion = new Segments;
    motion->add(tr("As the system"), QStringLiteral("system"));
    motion->add(tr("Reduced"), QStringLiteral("on"));
    motion->add(tr("Full"), QStringLiteral("off"));
    motion->setValue(m_settings.reducedMotion());
    connect(motion, &Segments::chosen, this, [this, motion] { m_settings.setReducedMotion(motion->value().toString()); });
    return form(tr("Appearance and language"), tr("For this PC alone."),
                {new Field(tr("Colours"), scheme), new Field(tr("Size of text and rows"), scale), new SwitchRow(keycaps),
                 new Field(tr("Motion"), motion), buildLanguage()});
}

// Languages that the program brings, each in its own words: who needs it cannot read the others.
QWidget *SettingsPage::buildLanguage()
{
    auto *language = new QComboBox;
    language->addItem(tr("As the system"), QStringLiteral("system"));
    language->addItem(QStringLiteral("English"), QStringLiteral("en"));
    for (const QString &name : translationNames()) {
        const QLocale locale(name);
        QString words = locale.nativeLanguageName();
        words.replace(0, 1, words.left(1).toUpper());
        language->addItem(words, name);
    }
    const bool choice = language->count() > 2;               // else there is nothing to choose
    if (language->findData(m_settings.language()) < 0)
        language->addItem(m_settings.language(), m_settings.language());      // chosen in a newer program
    language->setCurrentIndex(language->findData(m_settings.language()));
    connect(language, &QComboBox::activated, this, [this, language] { m_settings.setLanguage(language->currentData().toString()); });
    auto *field = new Field(tr("Language"), language);
    field->setVisible(choice);
    return field;
}

void SettingsPage::addDataPanel(QWidget *panel)
{
    if (!m_data) {
        auto *box = new QWidget;
        m_data = new QVBoxLayout(box);
        m_data->setContentsMargins(0, 0, 0, 0);
        m_data->setSpacing(size::kPanelGap);
        m_data->addStretch();
        m_stack->addWidget(box);
        m_nav->addItem(tr("Data"));
    }
    m_data->insertWidget(m_data->count() - 1, panel);
}

void SettingsPage::fillDesk()
{
    const auto put = [](QComboBox *combo, const QString &none, const std::vector<schema::Row> &rows, int name, const Uuid &chosen) {
        combo->clear();
        combo->addItem(none, QString());
        for (const schema::Row &row : rows)
            combo->addItem(schema::toQString(row[name]), row.id.toString());
        combo->setCurrentIndex(std::max(0, combo->findData(chosen.toString())));
    };
    const std::vector<schema::Row> none;
    const Uuid chosen = m_settings.servicePoint();
    put(m_point, tr("No desk of the queue"), m_queue.loaded() ? m_queue.board().points : none, point::kName, chosen);
    std::vector<schema::Row> rooms;
    for (const schema::Row &row : m_queue.loaded() ? m_queue.board().rooms : none)
        if (schema::isNull(row[room::kServicePoint]) || schema::toUuid(row[room::kServicePoint]) == chosen)
            rooms.push_back(row);
    put(m_room, tr("No room"), rooms, room::kName, m_settings.room());
    m_room->setEnabled(!chosen.isNull());
}

} // namespace anteroom::ui
