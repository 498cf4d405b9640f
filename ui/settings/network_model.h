// Network and sync as the settings page shows it: hosting, addresses, the access code, connected PCs, the host of a
// client, automatic sync. Asks the replica, says what came of it in words. The code lives in memory only.
#pragma once

#include "ui/desk/context.h"

#include <QAbstractTableModel>
#include <QTimer>

namespace anteroom::ui {

class PeersModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { NameColumn, StateColumn, BehindColumn, VersionColumn, ColumnCount };
    using QAbstractTableModel::QAbstractTableModel;
    void become(const std::vector<node::PeerStatus> &peers, const QString &self, const QString &version);
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<node::PeerStatus> m_peers;
    QString m_self, m_version;
};

class NetworkModel final : public QObject {
    Q_OBJECT
public:
    explicit NetworkModel(const Context &context, QObject *parent = nullptr);

    [[nodiscard]] const node::Status &status() const { return m_replica.status(); }
    [[nodiscard]] PeersModel &peers() { return m_peers; }
    [[nodiscard]] bool mayHost() const;                              // not a client
    [[nodiscard]] bool hosting() const { return !status().listening.isEmpty(); }
    [[nodiscard]] QStringList addresses() const;                     // "192.168.1.20:7310"; what other PCs can use
    void setHosting(bool on, quint16 port);
    [[nodiscard]] quint16 port() const;                              // that it listens on, else the default

    void newCode();
    [[nodiscard]] QString code() const;                              // "K7QM4 9XWRT"; empty: none, or expired
    [[nodiscard]] QString codeLeft() const;                          // "8 min left. It works once."
    [[nodiscard]] double codePart() const;                           // of its ten minutes, 0…1

    void setAutoSync(bool on, int seconds);
    void syncNow();
    [[nodiscard]] bool syncing() const { return m_syncing; }
    [[nodiscard]] QString syncResult() const { return m_syncResult; }
    void reconnect() { m_replica.reconnectNow(); }

    void join(const QString &address, const QString &code, bool afresh);
    [[nodiscard]] bool joining() const { return m_joining; }
    [[nodiscard]] bool historyRefused() const;                       // the way out is to join afresh; the copy is kept aside

    [[nodiscard]] QString failure() const { return m_failure; }      // of the last act of this page

Q_SIGNALS:
    void changed();
    void codeChanged();
    void joined();

private:
    void show();
    void failWith(const QString &words);

    node::Replica &m_replica;
    const Clock &m_clock;
    PeersModel m_peers;
    node::AccessCode m_code;
    std::int64_t m_codeMadeAt = 0;
    QTimer m_tick;
    QString m_failure, m_syncResult;
    bool m_switching = false, m_syncing = false, m_joining = false;
};

} // namespace anteroom::ui
