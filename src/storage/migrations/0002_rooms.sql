-- Records, search and imports. A statement ends with a semicolon at the end of a line.

CREATE TABLE code_concepts (
    pk INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    created_at INTEGER,
    created_by BLOB,
    updated_at INTEGER,
    updated_by BLOB,
    updated_device BLOB,
    deleted_at INTEGER,
    deleted_reason TEXT,
    system TEXT,
    code TEXT,
    title TEXT,
    folded TEXT,
    version TEXT,
    billable INTEGER,
    active INTEGER
);
CREATE INDEX ix_code_concepts_system_code ON code_concepts(system, code);
ALTER TABLE visits ADD COLUMN identifier TEXT;
ALTER TABLE medical_records ADD COLUMN identifier TEXT;
ALTER TABLE vitals ADD COLUMN identifier TEXT;
ALTER TABLE diagnoses ADD COLUMN identifier TEXT;
ALTER TABLE prescription_items ADD COLUMN identifier TEXT;
ALTER TABLE patient_history ADD COLUMN identifier TEXT;

CREATE INDEX ix_notes_page_day ON notes(page_day);

-- The search index: what a row is found by (search_doc: `doc` sorts as hits are shown), the words of names for
-- misspellings, rows still to be read, and how far reading has come.
CREATE TABLE search_doc(doc INTEGER PRIMARY KEY, tbl INTEGER NOT NULL, row INTEGER NOT NULL, words TEXT NOT NULL);
CREATE UNIQUE INDEX search_doc_row ON search_doc(tbl, row);
CREATE TABLE search_word(pk INTEGER PRIMARY KEY AUTOINCREMENT, word TEXT NOT NULL UNIQUE);
CREATE TABLE search_todo(tbl INTEGER NOT NULL, id BLOB NOT NULL, PRIMARY KEY(tbl, id)) WITHOUT ROWID;
CREATE TABLE search_state(key TEXT NOT NULL PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE VIRTUAL TABLE search_text USING fts5(words, content='', detail=none, columnsize=0, prefix='1 2 3', tokenize='ascii');
CREATE VIRTUAL TABLE search_codes USING fts5(words, content='', detail=none, columnsize=0, prefix='1 2 3', tokenize='ascii');

-- Which entries of the activity log touched a row: an entry names one subject, its details every row of the act.
CREATE TABLE activity_row(tbl INTEGER NOT NULL, id BLOB NOT NULL, activity INTEGER NOT NULL, PRIMARY KEY(tbl, id, activity)) WITHOUT ROWID;
