// Jobs of Cloud Code: their runs, and the schedules kept of them.
import { del, get, master, post, put, scenario } from '../lib/scenario.mjs';

const kNames = ['returns_text', 'returns_nothing', 'returns_number', 'returns_empty', 'later', 'request_members', 'job_name', 'says',
  'says_and_returns', 'says_number', 'throws_text', 'throws_error', 'throws_parse_error', 'throws_nothing', 'throws_number',
  'says_and_throws', 'rejects', 'saves', 'missing'];
const kParams = { n: 1, s: 'text', nothing: null, list: [1], map: { a: 1 }, date: { __type: 'Date', iso: '2020-01-02T00:00:00.000Z' },
  geo: { __type: 'GeoPoint', latitude: 1, longitude: 2 } };
const run = (title, name, params = {}) => post(title, '/functions/run_job', { name, params });
const kFuture = '2999-01-01T00:00:00.000Z';
const kSchedule = { jobName: 'echo', description: 'a schedule', params: '{"a":1}', startAfter: kFuture, daysOfWeek: [1, 1, 1, 1, 1, 1, 1],
  timeOfDay: '16:00:00.000Z', repeatMinutes: 1440 };
const kList = '/cloud_code/jobs';

export default [
  scenario('cloud_jobs', { profile: 'cloud', classes: ['JobThing'] }, [
    ...kNames.map((name) => run(`runs ${name}`, name)),
    run('hands parameters on', 'echo', { a: 1, b: 'x' }),
    post('keeps parameters', '/functions/kept_params', {}),
    run('decodes parameters', 'types', kParams),
    post('finishes after it was begun', '/functions/job_times', {}),
    master.post('answers an empty object', '/jobs/returns_text', {}),
    master.post('is named in the body', '/jobs', { jobName: 'returns_text' }),
    master.post('needs a name', '/jobs', {}),
    master.post('needs a name that is a text', '/jobs', { jobName: 5 }),
    master.post('is not there', '/jobs/missing', {}),
    master.post('is not there, named in the body', '/jobs', { jobName: 'missing' }),
    master.post('is not of every object', '/jobs/toString', {}),
    master.post('is no function', '/jobs/echo_function', {}),
    ...['public', 'readOnly', 'maintenance'].flatMap((as) => [
      post(`by ${as}`, '/jobs/returns_text', {}, { as }), post(`by ${as}, named in the body`, '/jobs', { jobName: 'returns_text' }, { as }),
      post(`a missing one by ${as}`, '/jobs/missing', {}, { as })]),
    get('the status is locked', '/classes/_JobStatus', {}),
    post('nobody makes a status', '/classes/_JobStatus', { status: 'running' }),
  ]),
  scenario('cloud_schedules', { profile: 'cloud', classes: ['_JobSchedule'] }, [
    master.get('none yet', kList),
    master.post('makes one', kList, { job_schedule: kSchedule }, { save: 'one' }),
    master.get('lists one', kList),
    post('knows the jobs', '/functions/jobs_data', {}),
    master.post('of a job that is not deployed', kList, { job_schedule: { ...kSchedule, jobName: 'missing' } }),
    master.post('of every object', kList, { job_schedule: { ...kSchedule, jobName: 'toString' } }),
    master.post('without a job', kList, { job_schedule: { startAfter: kFuture } }, { save: 'two' }),
    master.post('with an empty name', kList, { job_schedule: { jobName: '', startAfter: kFuture } }, { save: 'three' }),
    master.post('with a wrong type', kList, { job_schedule: { ...kSchedule, repeatMinutes: 'often' } }),
    master.post('without the member', kList, {}),
    master.post('that is null', kList, { job_schedule: null }),
    master.post('that is a text', kList, { job_schedule: 'x' }),
    master.put('changes one', `${kList}/{{one}}`, { job_schedule: { description: 'changed', startAfter: kFuture, repeatMinutes: 60 } }),
    master.put('changes one to a missing job', `${kList}/{{one}}`, { job_schedule: { jobName: 'missing' } }),
    master.put('changes one without the member', `${kList}/{{one}}`, {}),
    master.put('changes none', `${kList}/nonexistent`, { job_schedule: { description: 'x', startAfter: kFuture } }),
    master.del('deletes two', `${kList}/{{two}}`),
    master.del('deletes three', `${kList}/{{three}}`),
    master.get('lists after changes', kList),
    ...['public', 'readOnly', 'maintenance'].flatMap((as) => [
      get(`the list by ${as}`, kList, {}, { as, status_only: as === 'readOnly' }),
      post(`one made by ${as}`, kList, { job_schedule: kSchedule }, { as }),
      put(`one changed by ${as}`, `${kList}/{{one}}`, { job_schedule: { description: 'x', startAfter: kFuture } }, { as }),
      del(`one deleted by ${as}`, `${kList}/{{one}}`, { as }),
      get(`the jobs by ${as}`, `${kList}/data`, {}, { as, status_only: as === 'readOnly' })]),
    master.del('deletes one', `${kList}/{{one}}`),
    master.del('deletes it once', `${kList}/{{one}}`),
    master.post('begins at once unless told', kList, { job_schedule: { jobName: 'returns_nothing' } }, { save: 'five' }),
    master.del('deletes it', `${kList}/{{five}}`),
    master.get('none again', kList),
  ]),
];
