/* global Parse */
const currency = require('currency.js');

const asMaster = { useMasterKey: true };

/** The sum of `[{slug, count}]` at the prices of today, to the cent. */
async function totalOf(lines) {
  const products = await new Parse.Query('Product').containedIn('slug', lines.map(line => line.slug)).find(asMaster);
  const prices = new Map(products.map(product => [product.get('slug'), product.get('price')]));
  return lines.reduce((sum, { slug, count }) => {
    if (!prices.has(slug)) throw new Parse.Error(Parse.Error.OBJECT_NOT_FOUND, `There is no product ${slug}.`);
    return sum.add(currency(prices.get(slug)).multiply(count));
  }, currency(0)).value;
}

const lines = { type: Array, required: true, options: list => list.length > 0, error: 'An order needs at least one line.' };

// Anybody may ask what an order would cost …
Parse.Cloud.define('quote', async ({ params }) => ({ total: await totalOf(params.lines) }), { fields: { lines } });

// … and whoever is logged in may order.
Parse.Cloud.define('order', async ({ params, user, log }) => {
  const order = new Parse.Object('Order', { lines: params.lines, total: await totalOf(params.lines), buyer: user });
  order.setACL(new Parse.ACL(user));
  await order.save(null, asMaster);
  log.info(`order ${order.id} over ${order.get('total')}`);
  return order;
}, { requireUser: true, fields: { lines } });

// An order is made by the function above, and then stays as it is.
Parse.Cloud.beforeSave('Order', ({ original, master }) => {
  if (!master) throw new Parse.Error(Parse.Error.OPERATION_FORBIDDEN, 'Use the function "order".');
  if (original) throw new Parse.Error(Parse.Error.OPERATION_FORBIDDEN, 'An order cannot be changed.');
});

// The count of orders is kept up beside them; what goes wrong here does not undo the order.
Parse.Cloud.afterSave('Order', async ({ object }) => {
  const buyer = object.get('buyer');
  buyer.increment('orders');
  await buyer.save(null, asMaster);
});
