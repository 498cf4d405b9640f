#include "app/hub_commands.h"

using namespace Qt::StringLiterals;

namespace anteroom::app {

namespace {
const QString kImportWords = u"FILE is a FHIR R4 bundle, NDJSON with a FHIR resource a line, or an ICD-10-CM list: code, billable (0 or 1) and description with tabs "
                             "between them, under that header. Which it is, is seen from its content. The year of a list is the one in its file's name, "
                             "like icd10cm_2021.tsv, or --codes-version. Importing again changes nothing."_s;
} // namespace

const std::vector<CommandSpec> &hubCommands()
{
    static const Option data{u"data"_s, u"DIR"_s, true};
    static const Option json{u"json"_s, {}};
    static const Option as{u"as"_s, u"USER"_s};
    static const Option portFile{u"port-file"_s, u"FILE"_s};
    static const Option passwordFile{u"password-file"_s, u"FILE"_s};
    static const std::vector<CommandSpec> commands{
        {u"serve"_s, {data, {u"listen"_s, u"ADDR:PORT"_s}, portFile, {u"clinic"_s, u"NAME"_s}, {u"trial-lan"_s, {}}, as,
                      {u"admin"_s, u"NAME"_s}, passwordFile}, {}},
        {u"join"_s, {data, {u"address"_s, u"ADDR:PORT"_s}, {u"code"_s, u"C"_s}, {u"once"_s, {}}, portFile, as}, {}},
        {u"status"_s, {data, json}, {}},
        {u"digest"_s, {data, json}, {}},
        {u"verify"_s, {data, json}, {}},
        {u"code"_s, {data, {u"approve"_s, u"SCOPE"_s}}, {}},
        {u"record list"_s, {data, as, passwordFile, {u"where"_s, u"COLUMN=VALUE"_s, false, true}, {u"limit"_s, u"N"_s}, json}, {u"TABLE"_s}},
        {u"record get"_s, {data, as, passwordFile, json}, {u"TABLE"_s, u"ID"_s}},
        {u"record put"_s, {data, as, passwordFile, {u"old"_s, u"FILE"_s}, json}, {u"TABLE"_s, u"[ID]"_s}},
        {u"record delete"_s, {data, as, passwordFile, json}, {u"TABLE"_s, u"ID"_s}},
        {u"sync"_s, {data, json}, {}},
        {u"import"_s, {data, as, {u"dry-run"_s, {}}, {u"codes-version"_s, u"YEAR"_s}, json}, {u"FILE…"_s}, kImportWords},
        {u"user"_s, {data, {u"role"_s, u"ROLE"_s}, passwordFile}, {u"add|list|disable"_s, u"[NAME]"_s}},
    };
    return commands;
}

} // namespace anteroom::app
