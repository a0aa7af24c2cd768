// For scenarios/cloud_jobs.mjs.
/* global Parse */
const { define, job } = Parse.Cloud;

const pause = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

/** The row of a run once it is over. */
async function end_of(id) {
  for (;;) {
    const row = await Parse.Cloud.getJobStatus(id);
    if (row.get('status') !== 'running') return row;
    await pause(20);
  }
}

job('returns_text', () => 'all done');
job('returns_nothing', () => {});
job('returns_number', () => 5);
job('returns_empty', () => '');
job('later', async () => { await pause(30); return 'later'; });
job('echo', ({ params }) => JSON.stringify(params));
job('types', ({ params }) => JSON.stringify(Object.fromEntries(Object.entries(params).map(([key, value]) =>
  [key, value === null ? 'null' : value?.constructor?.name ?? typeof value]))));
job('request_members', request => Object.keys(request).filter(key => request[key] !== undefined).sort().join(' '));
job('job_name', ({ jobName, jobId }) => `${jobName} ${typeof jobId} ${jobId.length}`);
job('says', async ({ message }) => { message('half'); await pause(50); });
job('says_and_returns', async ({ message }) => { message('half'); await pause(50); return 'whole'; });
job('says_number', async ({ message }) => { message(5); await pause(50); });
job('throws_text', () => { throw 'a text'; });
job('throws_error', () => { throw new Error('an error'); });
job('throws_parse_error', () => { throw new Parse.Error(4711, 'a code'); });
job('throws_nothing', () => { throw undefined; });
job('throws_number', () => { throw 5; });
job('says_and_throws', async ({ message }) => { message('half'); await pause(50); throw new Error('broken'); });
job('rejects', () => Promise.reject(new Error('no')));
job('saves', async () => {
  const thing = new Parse.Object('JobThing', { n: 1 });
  await thing.save(null, { useMasterKey: true });
  return (await new Parse.Query('JobThing').get(thing.id, { useMasterKey: true })).get('n').toString();
});

define('run_job', async ({ params: { name, params } }) => {
  const row = await end_of(await Parse.Cloud.startJob(name, params));
  const { objectId, params: kept, ...rest } = row.toJSON();
  return { ...rest, id_length: objectId.length };
});
define('kept_params', async () => (await end_of(await Parse.Cloud.startJob('echo', { a: 1 }))).get('params'));
define('jobs_data', async () => {
  const { in_use, jobs } = await Parse.Cloud.getJobsData();
  return { in_use, jobs: jobs.sort() };
});
define('job_times', async () => {
  const row = await end_of(await Parse.Cloud.startJob('later'));
  return row.get('finishedAt') - row.createdAt >= 30;
});
