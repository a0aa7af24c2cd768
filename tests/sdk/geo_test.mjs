import { before, describe, it } from 'node:test';
import { Parse, assert, fails_with, found, fresh_class, make, make_all, query } from './client.mjs';

const kPlace = fresh_class('GeoPlace');
const point = (latitude, longitude) => new Parse.GeoPoint(latitude, longitude);
const kBerlin = point(52.52, 13.405);
const places = () => query(kPlace);

describe('geo points', () => {
  before(() => make_all(kPlace, [
    { n: 1, at: kBerlin }, { n: 2, at: point(48.8566, 2.3522) }, { n: 3, at: point(35.6762, 139.6503) }, { n: 4, at: point(0, 0) }, { n: 5 }]));

  it('near, nearest first', async () => assert.deepEqual(await found(places().near('at', point(50, 10))), [1, 2, 4, 3]));

  it('near with a limit', async () => assert.deepEqual(await found(places().near('at', point(36, 140)).limit(1)), [3]));

  it('near with another condition', async () => {
    assert.deepEqual(await found(places().near('at', point(50, 10)).greaterThan('n', 1)), [2, 4, 3]);
  });

  it('withinKilometers', async () => {
    assert.deepEqual(await found(places().withinKilometers('at', kBerlin, 900)), [1, 2]);
    assert.deepEqual(await found(places().withinKilometers('at', kBerlin, 10)), [1]);
  });

  it('withinMiles', async () => assert.deepEqual(await found(places().withinMiles('at', kBerlin, 600)), [1, 2]));

  it('withinRadians', async () => assert.deepEqual(await found(places().withinRadians('at', kBerlin, 0.15)), [1, 2]));

  it('within without sorting', async () => {
    assert.deepEqual((await found(places().withinKilometers('at', kBerlin, 900, false))).sort(), [1, 2]);
    assert.deepEqual(await found(places().withinKilometers('at', kBerlin, 900, false).descending('n')), [2, 1]);
  });

  it('withinGeoBox', async () => {
    assert.deepEqual((await found(places().withinGeoBox('at', point(40, 0), point(60, 20)))).sort(), [1, 2]);
  });

  it('withinPolygon', async () => {
    const corners = [point(40, 0), point(60, 0), point(60, 20), point(40, 20)];
    assert.deepEqual((await found(places().withinPolygon('at', corners))).sort(), [1, 2]);
  });

  it('withinPolygon of a Polygon', async () => {
    const area = new Parse.Polygon([[0, 40], [0, 60], [20, 60], [20, 40]]);
    assert.deepEqual((await found(places().withinPolygon('at', area))).sort(), [1, 2]);
  });

  it('withinPolygon of two points is an error', async () => {
    await fails_with(Parse.Error.INVALID_JSON, () => places().withinPolygon('at', [point(0, 0), point(1, 1)]).find());
  });

  it('counts', async () => {
    assert.equal(await places().withinKilometers('at', kBerlin, 900).count(), 2);
    assert.equal(await places().near('at', kBerlin).count(), 4);
  });

  it('equalTo a point', async () => assert.deepEqual(await found(places().equalTo('at', kBerlin)), [1]));

  it('moves a point', async () => {
    const place = await make(kPlace, { n: 6, at: point(1, 1) }).save();
    await place.save({ at: point(-45.5, 170.25) });
    const again = await places().get(place.id);
    assert.deepEqual(again.get('at').toJSON(), { __type: 'GeoPoint', latitude: -45.5, longitude: 170.25 });
    await place.destroy();
  });

  it('refuses a second geo point in one object', async () => {
    const kTwo = fresh_class('GeoTwo');
    await fails_with(Parse.Error.INCORRECT_TYPE, () => make(kTwo, { a: point(1, 1), b: point(2, 2) }).save());
  });
});

describe('polygons', () => {
  const kArea = fresh_class('GeoArea');
  const square = (size) => [[0, 0], [0, size], [size, size], [size, 0]];
  before(() => make_all(kArea, [{ n: 1, area: new Parse.Polygon(square(1)) }, { n: 2, area: new Parse.Polygon(square(10)) }]));

  it('come back closed', async () => {
    const area = (await query(kArea).equalTo('n', 1).first()).get('area');
    assert.ok(area instanceof Parse.Polygon);
    assert.deepEqual(area.coordinates, [...square(1), [0, 0]]);
  });

  it('contain a point', async () => {
    assert.deepEqual(await found(query(kArea).polygonContains('area', point(0.5, 0.5)).ascending('n')), [1, 2]);
    assert.deepEqual(await found(query(kArea).polygonContains('area', point(5, 5))), [2]);
    assert.deepEqual(await found(query(kArea).polygonContains('area', point(50, 50))), []);
  });

  it('are found by value', async () => {
    assert.deepEqual(await found(query(kArea).equalTo('area', new Parse.Polygon([...square(1), [0, 0]]))), [1]);
  });

  it('can be changed', async () => {
    const object = await make(kArea, { n: 3, area: new Parse.Polygon(square(2)) }).save();
    await object.save({ area: new Parse.Polygon(square(3)) });
    assert.deepEqual((await query(kArea).get(object.id)).get('area').coordinates[1], [0, 3]);
    await object.destroy();
  });
});
