-- What a program of version 1 wrote.
CREATE TABLE device (
address TEXT PRIMARY KEY NOT NULL, address_type INTEGER NOT NULL, name TEXT, patient TEXT NOT NULL, paired_at INTEGER NOT NULL,
bond INTEGER, last_session_at INTEGER, trouble INTEGER, trouble_since INTEGER, advice TEXT, firmware TEXT
) WITHOUT ROWID;
CREATE TABLE description (
address TEXT NOT NULL REFERENCES device ON DELETE CASCADE, number INTEGER NOT NULL, service INTEGER NOT NULL, characteristic INTEGER NOT NULL,
octets BLOB NOT NULL, PRIMARY KEY (address, number)
) WITHOUT ROWID;
CREATE TABLE record_mark (
address TEXT NOT NULL REFERENCES device ON DELETE CASCADE, service INTEGER NOT NULL, sequence_number INTEGER NOT NULL,
octets_hash INTEGER NOT NULL, PRIMARY KEY (address, service)
) WITHOUT ROWID;
INSERT INTO device VALUES ('C0:FF:EE:00:00:01', 0, 'Cuff', 'Patient/p1', 1773468000000, 2, 1773554400000, 8, 1773554400000, 'Pair it again.', '312E30');
INSERT INTO device VALUES ('C0:FF:EE:00:00:02', 0, NULL, 'urn:oid:2.999.10.20.30|P0042', 1773640800000, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO description VALUES ('C0:FF:EE:00:00:01', 0, 6154, 10790, x'312E30');
INSERT INTO record_mark VALUES ('C0:FF:EE:00:00:01', 6152, 7, 9);
PRAGMA user_version = 1;
