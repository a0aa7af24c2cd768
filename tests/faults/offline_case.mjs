// Run by process_test.mjs where there is no network but the loopback device.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { call, end_all, make_folder, start_process, stop_process } from '../support/server_process.mjs';

it('starts, saves and finds without a network', async () => {
  const home = make_folder();
  const server = await start_process(home);
  assert.equal((await call(server, 'POST', '/classes/Alone', { here: true })).status, 201);
  assert.equal((await call(server, 'GET', '/classes/Alone')).json.results.length, 1);
  await stop_process(server);
  end_all();
  home.remove();
});
