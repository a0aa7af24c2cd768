// Databases as older servers and people left them, made by SQL.

/** The password of alice, and its bcrypt hash. */
export const kPassword = 'secret of alice';
const kHash = '$2b$10$LJMM8Mj3VXlhU.uFhnVPfejqQUKwX/dUVS2P.ob1g3NuyqDZLAeVC';

const strings = { type: 'Array', contents: { type: 'String' } };
const base = { objectId: { type: 'String' }, createdAt: { type: 'Date' }, updatedAt: { type: 'Date' }, _rperm: strings, _wperm: strings };

const row = (className, fields, rest = {}) => {
  const text = JSON.stringify({ className, fields, ...rest }).replaceAll("'", "''");
  return `INSERT INTO "_SCHEMA" VALUES ('${className}', '${text}', true);`;
};

const kUserFields = { ...base, username: { type: 'String' }, email: { type: 'String' }, emailVerified: { type: 'Boolean' }, authData: { type: 'Object' }, _hashed_password: { type: 'String' } };
const kSessionFields = { ...base, restricted: { type: 'Boolean' }, user: { type: 'Pointer', targetClass: '_User' }, installationId: { type: 'String' }, sessionToken: { type: 'String' },
  expiresAt: { type: 'Date' }, createdWith: { type: 'Object' } };
const kRoleFields = { ...base, name: { type: 'String' }, users: { type: 'Relation', targetClass: '_User' }, roles: { type: 'Relation', targetClass: '_Role' } };

/** The columns of users that newer servers have added. */
export const kLaterColumns = ['_email_verify_token_expires_at', '_email_verify_token', '_account_lockout_expires_at', '_failed_login_count', '_perishable_token',
  '_perishable_token_expires_at', '_password_changed_at', '_password_history'];

const kAccounts = `
CREATE TABLE "_SCHEMA" ("className" varChar(120), "schema" jsonb, "isParseClass" bool, PRIMARY KEY ("className"));
CREATE TABLE "_User" ("objectId" text PRIMARY KEY, "createdAt" timestamp, "updatedAt" timestamp, "username" text, "email" text, "emailVerified" boolean, "authData" jsonb,
  "_rperm" text[], "_wperm" text[], "_hashed_password" text, "_email_verify_token_expires_at" timestamp, "_email_verify_token" text, "_account_lockout_expires_at" timestamp,
  "_failed_login_count" double precision, "_perishable_token" text, "_perishable_token_expires_at" timestamp, "_password_changed_at" timestamp, "_password_history" jsonb);
CREATE TABLE "_Session" ("objectId" text PRIMARY KEY, "createdAt" timestamp, "updatedAt" timestamp, "restricted" boolean, "user" char(10), "installationId" text, "sessionToken" text,
  "expiresAt" timestamp, "createdWith" jsonb, "_rperm" text[], "_wperm" text[]);
CREATE TABLE "_Role" ("objectId" text PRIMARY KEY, "createdAt" timestamp, "updatedAt" timestamp, "name" text, "_rperm" text[], "_wperm" text[]);
CREATE TABLE "_Join:users:_Role" ("relatedId" varChar(120), "owningId" varChar(120), PRIMARY KEY ("relatedId", "owningId"));
${row('_User', kUserFields)}
${row('_Session', kSessionFields)}
${row('_Role', kRoleFields)}
INSERT INTO "_User" ("objectId", "createdAt", "updatedAt", "username", "authData", "_rperm", "_wperm", "_hashed_password") VALUES
  ('aliceAAAAA', '2016-05-01 10:00:00.5', '2016-05-02 11:00:00', 'alice', NULL, '{*}', '{aliceAAAAA}', '${kHash}'),
  ('bobBBBBBBB', '2016-05-01 10:00:01', '2016-05-01 10:00:01', 'bob', '{"anonymous": {"id": "old-id"}, "facebook": {"id": "1", "access_token": "t"}}', '{bobBBBBBBB}', '{bobBBBBBBB}', NULL);
INSERT INTO "_Session" VALUES ('sessionAAA', '2016-05-01 10:00:00', '2016-05-01 10:00:00', false, 'aliceAAAAA', NULL, 'r:0123456789abcdef0123456789abcdef', '2099-01-01', '{"action": "login"}', NULL, NULL);
INSERT INTO "_Role" VALUES ('roleAAAAAA', '2016-05-01', '2016-05-01', 'Old', '{*}', '{}');
INSERT INTO "_Join:users:_Role" VALUES ('aliceAAAAA', 'roleAAAAAA');`;

const kAll = { '*': true };
// Before counts had a permission of their own.
const kOldPermissions = { find: kAll, get: kAll, create: kAll, update: kAll, delete: kAll, addField: kAll };
const kFields = { ...base, text: { type: 'String' }, n: { type: 'Number' }, when: { type: 'Date' }, owner: { type: 'Pointer', targetClass: '_User' }, tags: strings, list: { type: 'Array' },
  object: { type: 'Object' }, place: { type: 'GeoPoint' }, mates: { type: 'Relation', targetClass: 'Old' } };
const { _rperm, _wperm, ...kBare } = base;

const kClasses = `
CREATE TABLE "Old" ("objectId" text PRIMARY KEY, "createdAt" timestamp, "updatedAt" timestamp, "text" varchar(100), "n" double precision, "when" timestamp, "owner" char(10), "tags" text[],
  "list" jsonb, "object" jsonb, "place" point, "_rperm" text[], "_wperm" text[]);
${row('Old', kFields)}
INSERT INTO "Old" VALUES
  ('oldAAAAAAA', '2016-06-01 00:00:00.123456', '2016-06-01 00:00:00', 'first', 1, '2016-07-01 12:00:00', 'aliceAAAAA', '{a,"b c","it''s",NULL}', '[1, "two"]', '{"a": {"b": 1}}', '(-30,40)', NULL, NULL),
  ('oldBBBBBBB', '2016-06-02', '2016-06-02', 'second', 'NaN', NULL, NULL, '{}', NULL, NULL, NULL, '{*}', '{}'),
  ('oldCCCCCCC', '2016-06-03', '2016-06-03', 'shut', 3, '1900-01-01', 'bobBBBBBBB', NULL, '[]', '{}', NULL, '{role:Old}', '{}');
CREATE TABLE "NoColumn" ("objectId" text PRIMARY KEY, "createdAt" timestamp with time zone, "updatedAt" timestamp with time zone, "n" double precision, "_rperm" text[], "_wperm" text[]);
${row('NoColumn', { ...base, n: { type: 'Number' }, gone: { type: 'String' } })}
INSERT INTO "NoColumn" VALUES ('nocolumnAA', now(), now(), 1, NULL, NULL);
${row('NoTable', { ...base, n: { type: 'Number' } })}
CREATE TABLE "Bare" ("objectId" text PRIMARY KEY, "createdAt" timestamp with time zone, "updatedAt" timestamp with time zone, "n" double precision, "_rperm" text[], "_wperm" text[]);
${row('Bare', { ...kBare, n: { type: 'Number' } }, { classLevelPermissions: kOldPermissions, indexes: {} })}
INSERT INTO "Bare" VALUES ('bareAAAAAA', '2020-01-01Z', '2020-01-01Z', 1, NULL, NULL), ('bareBBBBBB', '2020-01-01Z', '2020-01-01Z', 2, '{}', '{}');
CREATE TABLE "Foreign" ("objectId" text PRIMARY KEY, "createdAt" timestamp with time zone, "updatedAt" timestamp with time zone, "n" double precision, "_rperm" text[], "_wperm" text[],
  search_vector tsvector GENERATED ALWAYS AS (to_tsvector('simple', coalesce("objectId", ''))) STORED, changed_by text DEFAULT current_user, amount numeric(10, 2) DEFAULT 1.5, ip inet, CHECK ("n" < 1000));
${row('Foreign', { ...base, n: { type: 'Number' } })}
INSERT INTO "Foreign" VALUES ('foreignAAA', '2020-01-01Z', '2020-01-01Z', 1, NULL, NULL);
CREATE INDEX of_somebody ON "Foreign" USING brin ("createdAt");
CREATE TABLE orders (id serial PRIMARY KEY, customer text REFERENCES "Foreign" ("objectId"), total money);
INSERT INTO orders (customer, total) VALUES ('foreignAAA', 5);
CREATE VIEW report AS SELECT "n", count(*) FROM "Foreign" GROUP BY 1;
CREATE SCHEMA other; CREATE TABLE other."Old" (id int); CREATE TABLE other."_SCHEMA" (id int);`;

/** A database of an old server, with what people have added to it. */
export const kLegacySql = kAccounts + kClasses;
