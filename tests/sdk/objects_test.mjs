import { describe, it } from 'node:test';
import { Parse, assert, fails_with, fresh_class, make, make_all, query } from './client.mjs';

const kGame = fresh_class('ObjGame');

const stored = async (object) => query(kGame).get(object.id);

describe('saving one object', () => {
  it('gives it an id and equal times', async () => {
    const game = await make(kGame, { score: 1337 }).save();
    assert.match(game.id, /^[A-Za-z0-9]{10}$/);
    assert.ok(game.createdAt instanceof Date);
    assert.equal(game.createdAt.getTime(), game.updatedAt.getTime());
    assert.ok(Math.abs(Date.now() - game.createdAt.getTime()) < 60000);
  });

  it('keeps what was set', async () => {
    const game = await make(kGame, { score: 1, player: 'Sean', cheat: false }).save();
    assert.deepEqual((await stored(game)).toJSON(), { ...game.toJSON(), objectId: game.id });
  });

  it('saves an object without fields', async () => {
    const game = await make(kGame).save();
    assert.equal((await stored(game)).id, game.id);
  });

  it('updates only what is dirty', async () => {
    const game = await make(kGame, { score: 1, player: 'A' }).save();
    const other = await stored(game);
    await other.save({ player: 'B' });
    assert.deepEqual(game.dirtyKeys(), []);
    game.set('score', 2);
    assert.deepEqual(game.dirtyKeys(), ['score']);
    await game.save();
    const result = await stored(game);
    assert.equal(result.get('score'), 2);
    assert.equal(result.get('player'), 'B');
  });

  it('moves updatedAt and leaves createdAt', async () => {
    const game = await make(kGame, { score: 1 }).save();
    const { createdAt, updatedAt } = game;
    await game.save({ score: 2 });
    const result = await stored(game);
    assert.equal(result.createdAt.getTime(), createdAt.getTime());
    assert.ok(result.updatedAt.getTime() >= updatedAt.getTime());
  });

  it('saves children it points at first', async () => {
    const child = make(kGame, { score: 10 });
    const parent = await make(kGame, { score: 11, child }).save();
    assert.ok(child.id);
    const result = await query(kGame).include('child').get(parent.id);
    assert.equal(result.get('child').get('score'), 10);
  });

  it('clones to a new object', async () => {
    const game = await make(kGame, { score: 5 }).save();
    const copy = await game.clone().save();
    assert.notEqual(copy.id, game.id);
    assert.equal((await stored(copy)).get('score'), 5);
  });

  it('makes an object from JSON', async () => {
    const game = await make(kGame, { score: 6 }).save();
    const again = Parse.Object.fromJSON({ className: kGame, ...game.toJSON() });
    assert.equal(again.get('score'), 6);
    assert.equal(again.id, game.id);
  });

  it('is equal by class and id', async () => {
    const game = await make(kGame).save();
    assert.ok((await stored(game)).equals(game));
  });

  it('exists until it is destroyed', async () => {
    const game = await make(kGame).save();
    assert.equal(await game.exists(), true);
    await game.destroy();
    assert.equal(await game.exists(), false);
  });

  it('reverts unsaved changes', async () => {
    const game = await make(kGame, { score: 1 }).save();
    game.set('score', 2);
    game.revert();
    assert.equal(game.get('score'), 1);
    assert.equal(game.dirty(), false);
  });

  it('registers a subclass', async () => {
    class Game extends Parse.Object {
      constructor() { super(kGame); }

      doubled() { return this.get('score') * 2; }
    }
    Parse.Object.registerSubclass(kGame, Game);
    const game = await new Game().save({ score: 21 });
    const result = await new Parse.Query(Game).get(game.id);
    Parse.Object.unregisterSubclass(kGame);
    assert.equal(result.doubled(), 42);
  });
});

describe('operations', () => {
  it('increments and decrements', async () => {
    const game = await make(kGame, { score: 1 }).save();
    game.increment('score');
    game.increment('score', 10);
    await game.save();
    assert.equal(game.get('score'), 12);
    game.decrement('score', 2.5);
    await game.save();
    assert.equal((await stored(game)).get('score'), 9.5);
  });

  it('adds up increments of two clients', async () => {
    const game = await make(kGame, { score: 0 }).save();
    const clients = await Promise.all(Array.from({ length: 5 }, () => stored(game)));
    await Promise.all(clients.map((client) => client.increment('score').save()));
    assert.equal((await stored(game)).get('score'), 5);
  });

  it('increments a field that is not set', async () => {
    const game = await make(kGame).save();
    await game.increment('fresh', 3).save();
    assert.equal((await stored(game)).get('fresh'), 3);
  });

  it('increments before the first save', async () => {
    const game = make(kGame);
    game.increment('score', 4);
    await game.save();
    assert.equal((await stored(game)).get('score'), 4);
  });

  it('unsets a field', async () => {
    const game = await make(kGame, { score: 1, player: 'x' }).save();
    game.unset('player');
    await game.save();
    assert.equal((await stored(game)).has('player'), false);
  });

  it('adds to a list', async () => {
    const game = await make(kGame, { list: [1] }).save();
    game.add('list', 2);
    await game.save();
    assert.deepEqual([...(await stored(game)).get('list')].sort(), [1, 2]);
  });

  it('adds all of a list', async () => {
    const game = await make(kGame, { list: ['a'] }).save();
    await game.addAll('list', ['b', 'c']).save();
    assert.deepEqual([...(await stored(game)).get('list')].sort(), ['a', 'b', 'c']);
  });

  it('adds what is not there yet', async () => {
    const game = await make(kGame, { list: ['a', 'b'] }).save();
    await game.addAllUnique('list', ['b', 'c', 'c']).save();
    assert.deepEqual([...(await stored(game)).get('list')].sort(), ['a', 'b', 'c']);
  });

  it('adds a pointer only once', async () => {
    const friend = await make(kGame).save();
    const game = await make(kGame, { friends: [friend] }).save();
    await game.addUnique('friends', friend).save();
    assert.equal((await stored(game)).get('friends').length, 1);
  });

  it('removes from a list', async () => {
    const game = await make(kGame, { list: ['a', 'b', 'a'] }).save();
    await game.remove('list', 'a').save();
    assert.deepEqual((await stored(game)).get('list'), ['b']);
  });

  it('removes all of a list', async () => {
    const game = await make(kGame, { list: [1, 2, 3, 4] }).save();
    await game.removeAll('list', [1, 4]).save();
    assert.deepEqual([...(await stored(game)).get('list')].sort(), [2, 3]);
  });

  it('sets a nested key', async () => {
    const game = await make(kGame, { data: { a: 1, b: 2 } }).save();
    await game.set('data.a', 5).save();
    assert.deepEqual((await stored(game)).get('data'), { a: 5, b: 2 });
  });

  it('increments a nested key', async () => {
    const game = await make(kGame, { data: { a: 1, b: 2 } }).save();
    await game.increment('data.a', 4).save();
    assert.deepEqual((await stored(game)).get('data'), { a: 5, b: 2 });
  });

  it('unsets a nested key', async () => {
    const game = await make(kGame, { data: { a: 1, b: 2 } }).save();
    game.unset('data.a');
    await game.save();
    assert.deepEqual((await stored(game)).get('data'), { b: 2 });
  });
});

describe('reading one object', () => {
  it('fetches new values', async () => {
    const game = await make(kGame, { score: 1 }).save();
    await (await stored(game)).save({ score: 2 });
    await game.fetch();
    assert.equal(game.get('score'), 2);
  });

  it('fetches by id alone', async () => {
    const game = await make(kGame, { score: 3 }).save();
    const empty = new Parse.Object(kGame, { id: game.id });
    assert.equal(empty.isDataAvailable(), false);
    assert.equal((await empty.fetch()).get('score'), 3);
  });

  it('fetches with include', async () => {
    const child = await make(kGame, { score: 1 }).save();
    const game = await make(kGame, { child }).save();
    const again = await new Parse.Object(kGame, { id: game.id }).fetchWithInclude('child');
    assert.equal(again.get('child').get('score'), 1);
  });

  it('fetches all and all that need it', async () => {
    const games = await make_all(kGame, [{ score: 1 }, { score: 2 }]);
    const empty = games.map((game) => new Parse.Object(kGame, { id: game.id }));
    await Parse.Object.fetchAll(empty);
    assert.deepEqual(empty.map((game) => game.get('score')), [1, 2]);
    const more = games.map((game) => new Parse.Object(kGame, { id: game.id }));
    await Parse.Object.fetchAllIfNeeded(more);
    assert.deepEqual(more.map((game) => game.get('score')), [1, 2]);
  });

  it('says when it is not there', async () => {
    await fails_with(Parse.Error.OBJECT_NOT_FOUND, () => query(kGame).get('nobody0000'));
    await fails_with(Parse.Error.OBJECT_NOT_FOUND, () => new Parse.Object(kGame, { id: 'nobody0000' }).fetch());
    await fails_with(Parse.Error.OBJECT_NOT_FOUND, () => new Parse.Object(kGame, { id: 'nobody0000' }).save({ a: 1 }));
  });
});

describe('many objects', () => {
  it('saves all', async () => {
    const games = await make_all(kGame, Array.from({ length: 50 }, (_, n) => ({ score: n })));
    assert.equal(new Set(games.map((game) => game.id)).size, 50);
  });

  it('updates all', async () => {
    const games = await make_all(kGame, [{ score: 1 }, { score: 2 }]);
    games.forEach((game) => game.increment('score', 10));
    await Parse.Object.saveAll(games);
    assert.deepEqual(games.map((game) => game.get('score')), [11, 12]);
  });

  it('saves all in batches of one size', async () => {
    const games = Array.from({ length: 25 }, (_, n) => make(kGame, { score: n }));
    await Parse.Object.saveAll(games, { batchSize: 7 });
    assert.ok(games.every((game) => game.id));
  });

  it('saves all in a transaction', async () => {
    const games = await Parse.Object.saveAll([make(kGame, { score: 1 }), make(kGame, { score: 2 })], { transaction: true });
    assert.ok(games.every((game) => game.id));
  });

  it('saves none of a transaction that fails', async () => {
    const mark = `mark${Math.random()}`;
    const games = [make(kGame, { player: mark }), make(kGame, { player: mark, score: 'no number' })];
    await assert.rejects(Parse.Object.saveAll(games, { transaction: true }));
    assert.equal(await query(kGame).equalTo('player', mark).count(), 0);
  });

  it('destroys all', async () => {
    const games = await make_all(kGame, Array.from({ length: 30 }, () => ({ player: 'gone' })));
    await Parse.Object.destroyAll(games);
    assert.equal(await query(kGame).equalTo('player', 'gone').count(), 0);
  });

  it('destroying all tells which were not there', async () => {
    const [game] = await make_all(kGame, [{ score: 1 }]);
    const missing = new Parse.Object(kGame, { id: 'nobody0000' });
    await assert.rejects(Parse.Object.destroyAll([game, missing]), (error) => {
      assert.equal(error.code, Parse.Error.AGGREGATE_ERROR);
      assert.equal(error.errors[0].code, Parse.Error.OBJECT_NOT_FOUND);
      return true;
    });
    assert.equal(await game.exists(), false);
  });
});
