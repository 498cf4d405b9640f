// A clinic whose host is put back to a backup, and what the stories about it look at.
#pragma once

#include "unit/node/story.h"

namespace anteroom::test {

inline Message opened(Clinic &c, const QByteArray &bytes) { return c.port().envelope().unpack(bytes).value(); }
template <typename T>
T next(Clinic &c, int n, Way way) { return std::get<T>(opened(c, c.desk(n).line()->underWay(way).front())); }
inline Saved note(Desk &desk, const Uuid &patient, const char *text) { return desk.change(patients, patient, {{kNote, words(text)}}); }
inline std::string noteOf(Desk &desk, const Uuid &patient) { return desk.text(patients, patient, "note"); }
inline void connectAlone(Clinic &c, int n)
{
    c.connect(n);
    c.deliver();
}

// Two patients, and a backup of the host from before the part of the history that is lost.
struct Lost : Clinic {
    Uuid ana, rui;
    int saved = 0;
    explicit Lost(int clients = 2, int pageRows = 0) : Clinic(clients, 1, pageRows)
    {
        settle();
        ana = desk(1).admit("Silva", {{kNote, words("old")}});
        rui = desk(1).admit("Lima", {{kNote, words("old")}});
        settle();
        saved = backup(0);
    }
};

} // namespace anteroom::test
