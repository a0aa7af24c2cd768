import { del, get, master, op, pointer, post, put, scenario, schema, seed } from '../lib/scenario.mjs';

const kClasses = ['ProBook', 'ProAuthor', 'ProTown', 'ProShelf'];
const town = (name) => pointer('ProTown', `{{${name}}}`);
const author = (name) => pointer('ProAuthor', `{{${name}}}`);
const kOne = '/classes/ProBook/{{b1}}';
const kAll = '/classes/ProBook';

const kSetUp = [
  seed('ProTown', { t1: { name: 'Bath', size: 1 }, t2: { name: 'Cork', size: 2 } }),
  seed('ProAuthor', { a1: { name: 'Ann', town: town('t1'), age: 40 }, a2: { name: 'Bob', town: town('t2'), age: 50 } }),
  seed('ProBook', {
    b1: { n: 1, title: 'One', author: author('a1'), others: [author('a2'), author('a1'), 'plain'], data: { by: author('a1'), deep: { by: author('a2') }, x: 1 } },
    b2: { n: 2, title: 'Two', author: author('a2'), others: [], data: { x: 2, y: { z: 3 } } },
    b3: { n: 3, title: 'Three', author: pointer('ProAuthor', 'missing000'), others: [pointer('ProAuthor', 'missing000'), author('a1')] },
    b4: { n: 4, title: 'Four' },
  }),
];

const one = (table) => Object.entries(table).map(([title, query]) => get(title, kOne, query));
const all = (table) => Object.entries(table).map(([title, query]) => get(title, kAll, { order: 'n', ...query }));

const keys = scenario('keys', { classes: kClasses }, [
  kSetUp,
  one({
    'one key': { keys: 'title' },
    'two keys': { keys: 'title,n' },
    'a key that is not there': { keys: 'nothing' },
    'no key': { keys: '' },
    'a dotted key of an object': { keys: 'data.x' },
    'a dotted key of a pointer brings the pointer': { keys: 'author.name' },
    'a dotted key with include': { keys: 'title,author.name', include: 'author' },
    'two levels': { keys: 'author.town.name', include: 'author.town' },
    'a key of an object in a list': { keys: 'others.name', include: 'others' },
    'objectId only': { keys: 'objectId' },
    'ACL': { keys: 'ACL' },
    'an invalid key': { keys: 'a b' },
    'a key with a quote': { keys: "title'" },
    'keys with blanks': { keys: 'title, n' },
    'keys twice the same': { keys: 'title,title' },
    'a number': { keys: 5 },
    'excludeKeys': { excludeKeys: 'title' },
    'excludeKeys of two': { excludeKeys: 'title,n' },
    'excludeKeys cannot take objectId': { excludeKeys: 'objectId,createdAt,updatedAt,title' },
    'excludeKeys of a pointer': { excludeKeys: 'author' },
    'excludeKeys with keys': { keys: 'title,n', excludeKeys: 'n' },
    'excludeKeys of what is not there': { excludeKeys: 'nothing' },
    'excludeKeys dotted': { excludeKeys: 'author.name', include: 'author' },
  }),
  all({
    'keys in a find': { keys: 'title' },
    'excludeKeys in a find': { excludeKeys: 'title,others,data,author' },
    'keys and a where on another column': { keys: 'title', where: { n: { $gt: 2 } } },
    'keys and an order by another column': { keys: 'title', order: '-n' },
  }),
]);

const include = scenario('include', { classes: kClasses }, [
  kSetUp,
  one({
    'a pointer': { include: 'author' },
    'two levels': { include: 'author.town' },
    'parents are implied': { include: 'author.town' , keys: 'author' },
    'a list': { include: 'others' },
    'below a list': { include: 'others.town' },
    'inside an object': { include: 'data.by' },
    'deep inside an object': { include: 'data.deep.by' },
    'below a pointer inside an object': { include: 'data.by.town' },
    'two at once': { include: 'author,others' },
    'a column that is no pointer': { include: 'title' },
    'a column that is not there': { include: 'nothing' },
    'createdAt.createdAt': { include: 'createdAt.createdAt' },
    'a path through a text': { include: 'title.x' },
    'an empty include': { include: '' },
    'include with blanks': { include: 'author, others' },
    'a star': { include: '*' },
    'an invalid name': { include: 'a b' },
    'a list of includes': { include: ['author', 'others'] },
    'include and keys that leave the pointer out': { include: 'author', keys: 'title' },
    'include and keys with the pointer': { include: 'author', keys: 'author' },
    'includeAll on a get': { includeAll: true },
  }),
  all({
    'in a find': { include: 'author', keys: 'n,author' },
    'a missing target': { include: 'author', where: { n: 3 } },
    'a missing target in a list': { include: 'others', where: { n: 3 } },
    'two levels in a find': { include: 'author.town', keys: 'n,author' },
    'includeAll': { includeAll: true, where: { n: 1 } },
    'includeAll false': { includeAll: false, where: { n: 1 } },
    'includeAll with keys': { includeAll: true, keys: 'author', where: { n: 1 } },
    'includeAll with excludeKeys': { includeAll: true, excludeKeys: 'others,data', where: { n: 1 } },
    'a star in a find': { include: '*', where: { n: 1 } },
  }),
  del('deletes a target', '/classes/ProAuthor/{{a1}}'),
  get('a deleted target is left out', kOne, { include: 'author,others' }),
  get('without include the pointer stays', kOne),
]);

const redirect = scenario('redirect_class', { classes: [...kClasses] }, [
  kSetUp,
  schema('ProShelf', { book: { type: 'Pointer', targetClass: 'ProBook' }, books: { type: 'Relation', targetClass: 'ProBook' }, note: { type: 'String' } }),
  post('makes a shelf', '/classes/ProShelf', { books: op('AddRelation', { objects: [pointer('ProBook', '{{b1}}')] }) }, { save: 'shelf' }),
  get('through a relation', '/classes/ProShelf', { redirectClassNameForKey: 'books', order: 'n', keys: 'n' }),
  get('through a pointer', '/classes/ProShelf', { redirectClassNameForKey: 'book', order: 'n', keys: 'n' }),
  get('through a text column', '/classes/ProShelf', { redirectClassNameForKey: 'note', keys: 'note' }),
  get('through a column that is not there', '/classes/ProShelf', { redirectClassNameForKey: 'nothing', keys: 'note' }),
  get('with a where on the target', '/classes/ProShelf', { redirectClassNameForKey: 'books', where: { n: { $gt: 2 } }, order: 'n', keys: 'n' }),
  get('with $relatedTo', '/classes/ProShelf', { redirectClassNameForKey: 'books', order: 'n', keys: 'n',
    where: { $relatedTo: { object: pointer('ProShelf', '{{shelf}}'), key: 'books' } } }),
]);

const loops = scenario('include_loops', { classes: ['ProNode'] }, [
  post('first', '/classes/ProNode', { n: 1 }, { save: 'x' }),
  post('second', '/classes/ProNode', { n: 2, next: pointer('ProNode', '{{x}}') }, { save: 'y' }),
  put('closes the loop', '/classes/ProNode/{{x}}', { next: pointer('ProNode', '{{y}}'), self: pointer('ProNode', '{{x}}') }),
  get('one step', '/classes/ProNode/{{x}}', { include: 'next' }),
  get('round the loop', '/classes/ProNode/{{x}}', { include: 'next.next' }),
  get('itself', '/classes/ProNode/{{x}}', { include: 'self' }),
  get('itself and the next', '/classes/ProNode/{{x}}', { include: 'self.next' }),
  master.get('twelve levels', '/classes/ProNode/{{x}}', { include: Array(12).fill('next').join('.') }, { mask: ['next.next'] }),
]);

export default [keys, include, redirect, loops];
