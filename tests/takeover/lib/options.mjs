// The options both servers run with, in turn, at the same address: so no answer has a reason to differ.
import { kKeys } from '../../support/start_server.mjs';

const kAnywhere = ['0.0.0.0/0', '::0'];

/** The options of the servers that take turns on the database `uri` at `port`. */
export function shared_options({ uri, port }) {
  return {
    ...kKeys,
    port,
    serverURL: `http://127.0.0.1:${port}/parse`,
    databaseURI: uri,
    allowClientClassCreation: true,
    masterKeyIps: kAnywhere,
    readOnlyMasterKeyIps: kAnywhere,
    maintenanceKeyIps: kAnywhere,
    idempotencyOptions: { paths: ['classes/Once'], ttl: 3600 },
    accountLockout: { threshold: 3, duration: 60 },
    passwordPolicy: { maxPasswordHistory: 3 },
    protectedFields: { _User: { '*': ['email'] } },
  };
}
