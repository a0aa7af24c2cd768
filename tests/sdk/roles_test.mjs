import { before, describe, it } from 'node:test';
import { Parse, assert, fails_with, found, fresh_class, make, query, with_master } from './client.mjs';
import { as, fresh_name, new_user, rest } from './accounts.mjs';

const { Error: Code } = Parse;
const kNote = fresh_class('RoleNote');

const new_role = (name, users = [], roles = []) => {
  const role = new Parse.Role(name, new Parse.ACL());
  role.getUsers().add(users);
  role.getRoles().add(roles);
  return role.save(null, with_master);
};

function note_for(role_name, fields) {
  const acl = new Parse.ACL();
  acl.setRoleReadAccess(role_name, true);
  acl.setRoleWriteAccess(role_name, true);
  return make(kNote, fields).save({ ACL: acl }, with_master);
}

describe('roles', () => {
  it('need a name and an ACL', async () => {
    for (const body of [{ ACL: {} }, { name: '', ACL: {} }, { name: fresh_name('Role') }]) {
      assert.equal((await rest('POST', '/roles', body)).body.code, Code.INCORRECT_TYPE, JSON.stringify(body));
    }
  });

  it('have names of their own', async () => {
    const name = fresh_name('Role');
    await new_role(name);
    await fails_with(Code.DUPLICATE_VALUE, () => new_role(name));
  });

  it('are changed by those whom their ACL lets', async () => {
    const [keeper, guest] = [await new_user(), await new_user()];
    const role = new Parse.Role(fresh_name('Role'), new Parse.ACL(keeper));
    await role.save(null, as(keeper));
    const seen = Parse.Object.createWithoutData.call(Parse.Role, role.id);
    seen.getUsers().add(guest);
    await fails_with(Code.OBJECT_NOT_FOUND, () => seen.save(null, as(guest)));
    role.getUsers().add(guest);
    await role.save(null, as(keeper));
    assert.equal((await role.getUsers().query().find(with_master)).length, 1);
  });

  it('are not joined through their join table', async () => {
    const user = await new_user();
    const role = await new_role(fresh_name('Role'));
    const row = new Parse.Object('_Join:users:_Role');
    row.set({ owningId: role.id, relatedId: user.id });
    await fails_with(Code.OPERATION_FORBIDDEN, () => row.save(null, as(user)));
  });
});

describe('the hierarchy of roles', () => {
  let boss, middle, worker, stranger, names, roles;
  const sees = async (user) => found(query(kNote).ascending('n'), 'n', as(user));

  before(async () => {
    [boss, middle, worker, stranger] = await Promise.all(['boss', 'middle', 'worker', 'stranger'].map((name) => new_user(name)));
    names = ['Top', 'Center', 'Bottom'].map((name) => fresh_name(name));
    const top = await new_role(names[0], [boss]);
    const center = await new_role(names[1], [middle], [top]);
    const bottom = await new_role(names[2], [worker], [center]);
    roles = { top, center, bottom };
    for (const [index, name] of names.entries()) await note_for(name, { n: index + 1 });
  });

  it('gives those above what those below may see', async () => {
    assert.deepEqual(await sees(boss), [1, 2, 3]);
    assert.deepEqual(await sees(middle), [2, 3]);
    assert.deepEqual(await sees(worker), [3]);
    assert.deepEqual(await sees(stranger), []);
  });

  it('holds for writing', async () => {
    const note = await query(kNote).equalTo('n', 3).first(with_master);
    note.set('seen', 'boss');
    await note.save(null, as(boss));
    note.set('seen', 'stranger');
    await fails_with(Code.OBJECT_NOT_FOUND, () => note.save(null, as(stranger)));
  });

  it('changes at once when a member comes or goes', async () => {
    roles.center.getUsers().add(stranger);
    await roles.center.save(null, with_master);
    assert.deepEqual(await sees(stranger), [2, 3]);
    roles.center.getUsers().remove(stranger);
    await roles.center.save(null, with_master);
    assert.deepEqual(await sees(stranger), []);
  });

  it('survives a circle', async () => {
    roles.top.getRoles().add(roles.bottom);
    await roles.top.save(null, with_master);
    assert.deepEqual(await sees(worker), [1, 2, 3]);
    roles.top.getRoles().remove(roles.bottom);
    await roles.top.save(null, with_master);
    assert.deepEqual(await sees(worker), [3]);
  });

  it('changes at once when a role is deleted', async () => {
    await roles.center.destroy(with_master);
    assert.deepEqual(await sees(boss), [1]);
    assert.deepEqual(await sees(middle), []);
  });
});
