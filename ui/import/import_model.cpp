#include "ui/import/import_model.h"

#include "ui/common/rows.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace anteroom::ui {
namespace {

struct TypeWords { const char *type, *words; };
constexpr TypeWords kTypes[] = {
    {"Patient", QT_TRANSLATE_NOOP("Import", "Patients")},
    {"Encounter", QT_TRANSLATE_NOOP("Import", "Visits")},
    {"Condition", QT_TRANSLATE_NOOP("Import", "Diagnoses and conditions")},
    {"Observation", QT_TRANSLATE_NOOP("Import", "Measurements")},
    {"MedicationRequest", QT_TRANSLATE_NOOP("Import", "Prescriptions")},
    {"Immunization", QT_TRANSLATE_NOOP("Import", "Vaccinations")},
    {"AllergyIntolerance", QT_TRANSLATE_NOOP("Import", "Allergies")},
    {"Procedure", QT_TRANSLATE_NOOP("Import", "Operations and procedures")},
    {"ICD-10-CM code", QT_TRANSLATE_NOOP("Import", "ICD-10-CM codes")},
};

const TypeWords *known(const QString &type)
{
    const auto *at = std::find_if(std::begin(kTypes), std::end(kTypes), [&](const TypeWords &t) { return type == QLatin1String(t.type); });
    return at == std::end(kTypes) ? nullptr : at;
}

} // namespace

QString ImportModel::typeWords(const QString &type)
{
    const TypeWords *words = known(type);
    return words ? QCoreApplication::translate("Import", words->words) : type;
}

QString ImportModel::count(int n) { return QLocale().toString(n); }

// In the order in which a person knows them, then what has no place here, as it is called in the files.
void ImportModel::setAccount(const ImportAccount &account)
{
    beginResetModel();
    m_account = account;
    std::stable_sort(m_account.types.begin(), m_account.types.end(), [](const ImportType &a, const ImportType &b) {
        const TypeWords *first = known(a.name), *second = known(b.name);
        return first && second ? first < second : first && !second;
    });
    m_lines.clear();
    for (const ImportType &type : m_account.types) {
        m_lines.push_back({&type, type.notTaken.size() == 1 ? 0 : -1, true});
        for (std::size_t i = 0; type.notTaken.size() > 1 && i < type.notTaken.size(); ++i)
            m_lines.push_back({&type, static_cast<int>(i), false});
    }
    endResetModel();
}

int ImportModel::changes() const
{
    int n = 0;
    for (const ImportType &type : m_account.types)
        n += type.added + type.changed + type.retired;
    return n;
}

int ImportModel::notTaken() const
{
    int n = 0;
    for (const ImportType &type : m_account.types)
        n += type.in - type.taken;
    return n;
}

int ImportModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : static_cast<int>(m_lines.size()); }
int ImportModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QString ImportModel::cell(const Line &line, int column) const
{
    const ImportType &type = *line.type;
    const std::pair<QString, int> *reason = line.reason < 0 ? nullptr : &type.notTaken[static_cast<std::size_t>(line.reason)];
    if (column == WhyColumn)
        return reason ? reason->first : QString();
    if (!line.head)
        return column == NotTakenColumn && reason ? count(reason->second) : QString();
    switch (column) {
    case TypeColumn: return typeWords(type.name);
    case InColumn: return count(type.in);
    case TakenColumn: return count(type.taken);
    case NewColumn: return count(type.added + type.changed);
    case NotTakenColumn: return type.in == type.taken ? QString() : count(type.in - type.taken);
    default: return {};
    }
}

QVariant ImportModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Line &line = m_lines[static_cast<std::size_t>(index.row())];
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return cell(line, column);
    case Qt::ToolTipRole:
        return column == WhyColumn ? cell(line, column) : QString();
    case Qt::TextAlignmentRole:
        return column >= InColumn && column <= NotTakenColumn ? QVariant::fromValue(Qt::AlignTrailing | Qt::AlignVCenter) : QVariant();
    case StrongRole:
        return line.head && column == TypeColumn;
    case MutedRole:
        return !line.head && column == NotTakenColumn;
    default:
        return {};
    }
}

QVariant ImportModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && section >= InColumn && section <= NotTakenColumn)
        return QVariant::fromValue(Qt::AlignTrailing | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TypeColumn: return tr("What");
    case InColumn: return tr("In the files");
    case TakenColumn: return tr("Taken");
    case NewColumn: return tr("New here");
    case NotTakenColumn: return tr("Not taken");
    case WhyColumn: return tr("Why");
    default: return {};
    }
}

QString ImportModel::asText(const QString &title, const QStringList &files) const
{
    QStringList lines{title, QString()};
    for (const QString &file : files)
        lines << file;
    lines << QString();
    for (const ImportType &type : m_account.types) {
        lines << tr("%1: %2 in the files, %3 taken, %4 new here, %5 not taken")
                     .arg(typeWords(type.name), count(type.in), count(type.taken), count(type.added + type.changed), count(type.in - type.taken));
        for (const auto &[why, n] : type.notTaken)
            lines << tr("    not taken: %1, %2").arg(count(n), why);
        if (type.kept > 0)
            lines << tr("    changed or removed here since, left as they are: %1").arg(count(type.kept));
        if (type.retired > 0)
            lines << tr("    not in the newer list any more, marked inactive: %1").arg(count(type.retired));
    }
    lines << m_account.notes;
    lines << m_account.problems;
    if (m_account.problemCount > m_account.problems.size())
        lines << tr("%1 further lines could not be read").arg(count(m_account.problemCount - static_cast<int>(m_account.problems.size())));
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

} // namespace anteroom::ui
