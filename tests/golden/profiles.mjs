// The server options scenarios need. Every profile is a server of its own with an empty database.

const kAnywhere = ['0.0.0.0/0', '::0'];
const kCommon = { allowClientClassCreation: true, masterKeyIps: kAnywhere, readOnlyMasterKeyIps: kAnywhere,
  maintenanceKeyIps: kAnywhere };

/** Profile name -> options beyond keys, addresses and the database. */
export const kProfiles = {
  default: kCommon,
  idempotency: { ...kCommon, idempotencyOptions: { paths: ['classes/IdemGame', 'classes/IdemMore.*'], ttl: 300 } },
  custom_id: { ...kCommon, allowCustomObjectId: true },
  // The limits this server has by default; the reference announces them for its next version.
  limits: { ...kCommon, maxLimit: 5, defaultLimit: 3, maxUploadSize: '10kb', requestComplexity: {
    batchRequestLimit: 4, includeDepth: 2, includeCount: 3, queryDepth: 2, subqueryDepth: 2, subqueryLimit: 2, allowRegex: false } },
  denylist: { ...kCommon, requestKeywordDenylist: [{ key: 'forbidden' }, { value: 'bad word' }, { key: 'both', value: 'together' }] },
  detailed: { ...kCommon, allowClientClassCreation: false, enableSanitizedErrorResponse: false },
  installations_kept: { ...kCommon, installation: { duplicateDeviceTokenAction: 'update' } },
  installations_by_id: { ...kCommon, installation: { duplicateDeviceTokenMergePriority: 'installationId' } },
  installations_guarded: { ...kCommon, installation: { duplicateDeviceTokenActionEnforceAuth: true } },
  client_keys: { ...kCommon, restAPIKey: 'REST_KEY', clientKey: 'CLIENT_KEY', javascriptKey: 'JAVASCRIPT_KEY', dotNetKey: 'WINDOWS_KEY' },
};
