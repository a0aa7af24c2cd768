// Who may do what: one row for each route. The columns are the callers of kCallers; a cell is
//   ok       allowed           ok=N   allowed, with N results
//   101 …    that Parse error, with the HTTP status that belongs to it
//   key      403 without a code: a key of the operator is missing      out   403: the key must not come from there
export const kCallers = ['nobody', 'user', 'other', 'member', 'readOnly', 'maintenance', 'masterFromElsewhere', 'master'];

//                        nobody user other member readOnly maintenance elsewhere master
const kEverybody =       'ok     ok   ok    ok     ok       ok          out       ok';
const kEverybodyWrites = 'ok     ok   ok    ok     119      ok          out       ok';
const kReadByMaster =    'key    key  key   key    ok       key         out       ok';
const kWrittenByMaster = 'key    key  key   key    119      key         out       ok';
const kWrittenByOwner =  '101    ok   101   101    119      ok          out       ok';
const kWithoutMailer =   '1      1    1     1      1        1           out       1';
const kJob =             'key    key  key   key    119      key         out       141';
const kOwnSession =      '209    ok   ok    ok     209      209         out       209';

/** Route -> what is asked of it (see fixtures.mjs) and what each caller gets. */
export const kRules = {
  // Objects of a class that needs a login to create, each with an ACL for its owner and a role that reads.
  'GET /classes/:class': ['guarded_list', 'ok=0 ok=1 ok=0 ok=1 ok=1 ok=1 out ok=1'],
  'GET /classes/:class/:id': ['guarded', '101 ok 101 ok ok ok out ok'],
  'POST /classes/:class': ['guarded_new', '101 ok ok ok 119 ok out ok'],
  'PUT /classes/:class/:id': ['guarded', kWrittenByOwner],
  'DELETE /classes/:class/:id': ['guarded', kWrittenByOwner],

  'GET /users': ['user_list', 'ok=0 ok=1 ok=0 ok=0 ok=1 ok=1 out ok=1'],
  'GET /users/:id': ['own_user', '101 ok 101 101 ok ok out ok'],
  'POST /users': ['new_user', kEverybodyWrites],
  'PUT /users/:id': ['own_user', '206 ok 206 206 119 ok out ok'],
  'DELETE /users/:id': ['lone_user', '206 ok 206 206 119 ok out ok'],
  'GET /users/me': ['empty', kOwnSession],
  'GET /login': ['password', kEverybody],
  'POST /login': ['password', kEverybody],
  'POST /loginAs': ['login_as', '119 119 119 119 119 119 out ok'],
  'POST /logout': ['fresh_sessions', kEverybody],
  'GET /verifyPassword': ['password', kEverybody],
  'POST /verifyPassword': ['password', kEverybody],
  'POST /challenge': ['empty', '-1 -1 -1 -1 -1 -1 out -1'],
  'POST /requestPasswordReset': ['address', kWithoutMailer],
  'POST /verificationEmailRequest': ['address', kWithoutMailer],

  'GET /sessions': ['empty', '209 ok ok ok ok 209 out ok'],
  'GET /sessions/:id': ['own_session', '209 ok 101 101 ok 209 out ok'],
  'POST /sessions': ['empty', '209 ok ok ok 119 ok out ok'],
  'PUT /sessions/:id': ['own_session', '209 ok 101 101 119 ok out ok'],
  'DELETE /sessions/:id': ['own_session', '209 ok 101 101 119 209 out ok'],
  'GET /sessions/me': ['empty', kOwnSession],
  'POST /upgradeToRevocableSession': ['fresh_sessions', '101 ok ok ok 101 101 out 101'],

  // A role that everybody reads and its owner writes.
  'GET /roles': ['role_list', 'ok=1 ok=1 ok=1 ok=1 ok=1 ok=1 out ok=1'],
  'GET /roles/:id': ['role', kEverybody],
  'POST /roles': ['new_role', kEverybodyWrites],
  'PUT /roles/:id': ['role', kWrittenByOwner],
  'DELETE /roles/:id': ['role', kWrittenByOwner],

  'GET /installations': ['empty', '119 119 119 119 ok ok out ok'],
  'GET /installations/:id': ['installation', kEverybody],
  'POST /installations': ['new_installation', kEverybodyWrites],
  'PUT /installations/:id': ['installation', kEverybodyWrites],
  'DELETE /installations/:id': ['installation', '119 119 119 119 119 ok out ok'],

  'GET /aggregate/:class': ['pipeline', kReadByMaster],
  'GET /config': ['empty', kEverybody],
  'PUT /config': ['params', kWrittenByMaster],
  'GET /schemas': ['empty', kReadByMaster],
  'POST /schemas': ['new_schema', kWrittenByMaster],
  'GET /schemas/:class': ['schema', kReadByMaster],
  'POST /schemas/:class': ['new_named_schema', kWrittenByMaster],
  'PUT /schemas/:class': ['schema', kWrittenByMaster],
  'DELETE /schemas/:class': ['schema', kWrittenByMaster],
  'DELETE /purge/:class': ['schema', kWrittenByMaster],
  'POST /events/:name': ['event', kEverybody],
  // There is no Cloud Code here.
  'POST /functions/:name': ['named', '141 141 141 141 141 141 out 141'],
  'POST /jobs/:name': ['named', kJob],
  'POST /jobs': ['job_in_body', kJob],
  'GET /cloud_code/jobs': ['empty', kReadByMaster],
  'GET /cloud_code/jobs/data': ['empty', kReadByMaster],
  'POST /cloud_code/jobs': ['new_schedule', kWrittenByMaster],
  'PUT /cloud_code/jobs/:id': ['schedule', kWrittenByMaster],
  'DELETE /cloud_code/jobs/:id': ['schedule', kWrittenByMaster],
  'GET /hooks/functions': ['empty', kReadByMaster],
  'POST /hooks/functions': ['new_function_hook', kWrittenByMaster],
  'GET /hooks/functions/:functionName': ['function_hook', kReadByMaster],
  'PUT /hooks/functions/:functionName': ['function_hook', kWrittenByMaster],
  'GET /hooks/triggers': ['empty', kReadByMaster],
  'POST /hooks/triggers': ['new_trigger_hook', kWrittenByMaster],
  'GET /hooks/triggers/:className/:triggerName': ['trigger_hook', kReadByMaster],
  'PUT /hooks/triggers/:className/:triggerName': ['trigger_hook', kWrittenByMaster],
  'GET /queryStats': ['empty', kReadByMaster],
  'DELETE /queryStats': ['empty', kWrittenByMaster],
  'GET /scriptlog': ['empty', kReadByMaster],
  'GET /serverInfo': ['empty', kReadByMaster],
  'GET /security': ['empty', kReadByMaster],
  'POST /batch': ['batch', kEverybody],
};
