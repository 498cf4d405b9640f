// A half-typed form of a person as bytes, to be kept over a crash: texts, the row as it was shown, where to queue. Pure
// functions; bytes of another version are no draft.
#pragma once

#include "ui/patients/patient_form_model.h"

namespace anteroom::ui {

struct KeptForm {
    PatientFormModel::Draft draft;
    QString point, reason;
    int priority = 0;
};

[[nodiscard]] QString draftKey(const Uuid &person);              // "patients.form.<id>"
[[nodiscard]] QByteArray draftBytes(const KeptForm &kept);
[[nodiscard]] std::optional<KeptForm> draftOf(const QByteArray &bytes);
inline constexpr char kDraftPrefix[] = "patients.form.";

} // namespace anteroom::ui
