-- Histories that part and meet again, equality of replicas, what became of refused entries.

-- Sum of h(table, id, revision) over sync_row, by table and class of the row (docs/protocol.md, digests).
CREATE TABLE sync_digest(tbl INTEGER NOT NULL, class INTEGER NOT NULL, sum INTEGER NOT NULL, PRIMARY KEY(tbl, class)) WITHOUT ROWID;
-- Host: offers that were taken, by who offered and where that replica stood; an offer counts once.
CREATE TABLE sync_offered(device BLOB NOT NULL, incarnation INTEGER NOT NULL, rev INTEGER NOT NULL, salt INTEGER NOT NULL, PRIMARY KEY(device, incarnation, rev, salt)) WITHOUT ROWID;
-- Host: rows that stand as they were offered: their revision there, and the revision here that took the offer.
CREATE TABLE sync_origin(tbl INTEGER NOT NULL, id BLOB NOT NULL, rev INTEGER NOT NULL, offer INTEGER NOT NULL, PRIMARY KEY(tbl, id)) WITHOUT ROWID;
CREATE TABLE sync_offer_salt(offer INTEGER NOT NULL, rev INTEGER NOT NULL, salt INTEGER NOT NULL, PRIMARY KEY(offer, rev)) WITHOUT ROWID;
-- Host: the parts of an offer that is not complete yet.
CREATE TABLE sync_offer_row(device BLOB NOT NULL, incarnation INTEGER NOT NULL, tbl INTEGER NOT NULL, id BLOB NOT NULL, revpos INTEGER NOT NULL, row BLOB NOT NULL, PRIMARY KEY(device, incarnation, revpos, tbl, id)) WITHOUT ROWID;
-- Client: a refused entry stays readable after it was sent again or put away.
ALTER TABLE sync_rejected ADD COLUMN closed_at INTEGER;
ALTER TABLE sync_rejected ADD COLUMN closed_how TEXT;
ALTER TABLE sync_rejected ADD COLUMN closed_why TEXT;
