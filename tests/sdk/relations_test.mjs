import { before, describe, it } from 'node:test';
import { Parse, assert, fails_with, found, fresh_class, make, make_all, query } from './client.mjs';

const kTeam = fresh_class('RelTeam');
const kPlayer = fresh_class('RelPlayer');
let players;

const members = (team) => team.relation('players').query().ascending('n');

describe('relations', () => {
  before(async () => { players = await make_all(kPlayer, [1, 2, 3, 4].map((n) => ({ n }))); });

  it('adds one on create', async () => {
    const team = make(kTeam, { name: 'one' });
    team.relation('players').add(players[0]);
    await team.save();
    assert.deepEqual(await found(members(team)), [1]);
  });

  it('adds many', async () => {
    const team = await make(kTeam).save();
    team.relation('players').add([players[0], players[1], players[2]]);
    await team.save();
    assert.deepEqual(await found(members(team)), [1, 2, 3]);
  });

  it('adding twice is adding once', async () => {
    const team = await make(kTeam).save();
    team.relation('players').add(players[0]);
    await team.save();
    team.relation('players').add(players[0]);
    await team.save();
    assert.deepEqual(await found(members(team)), [1]);
  });

  it('removes', async () => {
    const team = await make(kTeam).save();
    team.relation('players').add(players);
    await team.save();
    team.relation('players').remove([players[1], players[2]]);
    await team.save();
    assert.deepEqual(await found(members(team)), [1, 4]);
  });

  it('adds and removes at once', async () => {
    const team = await make(kTeam).save();
    team.relation('players').add(players[0]);
    await team.save();
    team.relation('players').add(players[1]);
    team.relation('players').remove(players[0]);
    await team.save();
    assert.deepEqual(await found(members(team)), [2]);
  });

  it('is queried with conditions, order and limit', async () => {
    const team = await make(kTeam).save();
    team.relation('players').add(players);
    await team.save();
    assert.deepEqual(await found(members(team).greaterThan('n', 2)), [3, 4]);
    assert.deepEqual(await found(team.relation('players').query().descending('n').limit(2)), [4, 3]);
    assert.equal(await members(team).count(), 4);
  });

  it('comes back after a fetch', async () => {
    const team = await make(kTeam).save();
    team.relation('players').add(players[3]);
    await team.save();
    const again = await query(kTeam).get(team.id);
    assert.deepEqual(await found(members(again)), [4]);
  });

  it('finds owners by a member', async () => {
    const team = await make(kTeam, { name: 'byMember' }).save();
    team.relation('players').add(players[2]);
    await team.save();
    const owners = await query(kTeam).equalTo('players', players[2]).equalTo('name', 'byMember').find();
    assert.deepEqual(owners.map((owner) => owner.id), [team.id]);
    assert.equal(await query(kTeam).equalTo('players', players[1]).equalTo('name', 'byMember').count(), 0);
  });

  it('finds owners by any of several members', async () => {
    const team = await make(kTeam, { name: 'byAny' }).save();
    team.relation('players').add(players[2]);
    await team.save();
    const any = query(kTeam).containedIn('players', [players[1], players[2]]).equalTo('name', 'byAny');
    assert.equal(await any.count(), 1);
  });

  it('works inside or', async () => {
    const team = await make(kTeam, { name: 'inOr' }).save();
    team.relation('players').add(players[0]);
    await team.save();
    const either = Parse.Query.or(query(kTeam).equalTo('players', players[0]), query(kTeam).equalTo('name', 'nobody'));
    assert.ok((await either.find()).some((owner) => owner.id === team.id));
  });

  it('refuses another class', async () => {
    const team = make(kTeam);
    team.relation('players').add(players[0]);
    await team.save();
    const other = await make(fresh_class('RelOther'), { n: 1 }).save();
    assert.throws(() => team.relation('players').add(other));
    const stranger = new Parse.Object(kTeam, { id: team.id });
    stranger.relation('players').add(other);
    await fails_with(Parse.Error.INCORRECT_TYPE, () => stranger.save());
  });

  it('forgets deleted members', async () => {
    const [leaver] = await make_all(kPlayer, [{ n: 50 }]);
    const team = make(kTeam);
    team.relation('players').add([players[0], leaver]);
    await team.save();
    await leaver.destroy();
    assert.deepEqual(await found(members(team)), [1]);
  });

  it('holds a thousand members', async () => {
    const crowd = await Parse.Object.saveAll(Array.from({ length: 1000 }, (_, n) => make(kPlayer, { n: 1000 + n })), { batchSize: 100 });
    const team = make(kTeam);
    team.relation('players').add(crowd);
    await team.save();
    assert.equal(await members(team).count(), 1000);
    assert.equal((await members(team).limit(1000).find()).length, 1000);
  });
});
