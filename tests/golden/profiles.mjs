// The server options scenarios need. Every profile is a server of its own with an empty database.

import path from 'node:path';
import { fileURLToPath } from 'node:url';

const kAnywhere = ['0.0.0.0/0', '::0'];
const kCommon = { allowClientClassCreation: true, masterKeyIps: kAnywhere, readOnlyMasterKeyIps: kAnywhere,
  maintenanceKeyIps: kAnywhere };

// Servers that send mail get an adapter that takes every message (tests/support/mail_sink.mjs); the recordings never show one.
const kMail = { appName: 'Golden', publicServerURL: 'http://mail.example.com/parse', emailAdapter: 'sink', verifyUserEmails: true };

/** Cloud Code that answers the scenarios cloud_*. */
const kCloud = path.join(path.dirname(fileURLToPath(import.meta.url)), 'cloud/main.js');

/** Cloud Code that answers webhooks, for the scenarios webhooks_*. */
const kHooks = path.join(path.dirname(fileURLToPath(import.meta.url)), 'webhooks/main.js');

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
  devices: kCommon,
  devices_kept: { ...kCommon, installation: { duplicateDeviceTokenAction: 'update' } },
  devices_by_id: { ...kCommon, installation: { duplicateDeviceTokenMergePriority: 'installationId' } },
  devices_guarded: { ...kCommon, installation: { duplicateDeviceTokenActionEnforceAuth: true } },
  sessions: { ...kCommon, expireInactiveSessions: false, revokeSessionOnPasswordReset: false, enableAnonymousUsers: false },
  // For scenarios that add columns to the system classes, and for those that change the rules of them.
  accounts: kCommon,
  user_rules: kCommon,
  hidden_users: kCommon,
  protected: { ...kCommon, protectedFieldsOwnerExempt: false, protectedFieldsSaveResponseExempt: false,
    protectedFields: { _User: { '*': ['email', 'secret'] }, OptGame: { '*': ['hidden', 'hiddenCount'] } } },
  password_policy: { ...kCommon, passwordPolicy: { validatorPattern: '^(?=.*[A-Z])(?=.*[0-9]).{8,}$', doNotAllowUsername: true, maxPasswordHistory: 3,
    validationError: 'Use eight characters, a capital and a digit.' } },
  password_age: { ...kCommon, passwordPolicy: { maxPasswordAge: 30 } },
  lockout: { ...kCommon, accountLockout: { threshold: 3, duration: 5 } },
  verify: { ...kCommon, ...kMail, preventLoginWithUnverifiedEmail: true },
  verify_signup: { ...kCommon, ...kMail, preventLoginWithUnverifiedEmail: true, preventSignupWithUnverifiedEmail: true, emailVerifySuccessOnInvalidEmail: false,
    passwordPolicy: { resetPasswordSuccessOnInvalidEmail: false } },
  mfa: { ...kCommon, auth: { mfa: { options: ['TOTP'], digits: 6, period: 30, algorithm: 'SHA1' } } },
  open_users: { ...kCommon, enforcePrivateUsers: false, sessionLength: 86400, convertEmailToLowercase: true, convertUsernameToLowercase: true },
  cloud: { ...kCommon, cloud: kCloud },
  hooks: { ...kCommon, cloud: kHooks, webhookKey: 'WEBHOOK_KEY' },
  client_keys: { ...kCommon, restAPIKey: 'REST_KEY', clientKey: 'CLIENT_KEY', javascriptKey: 'JAVASCRIPT_KEY', dotNetKey: 'WINDOWS_KEY' },
};
