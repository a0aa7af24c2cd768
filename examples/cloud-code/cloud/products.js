/* global Parse */
const slugify = require('slugify');

// Every product gets an address made of its name, and keeps it when the name changes later.
Parse.Cloud.beforeSave('Product', async ({ object }) => {
  if (object.get('slug')) return;
  const slug = slugify(object.get('name'), { lower: true, strict: true });
  const taken = await new Parse.Query('Product').startsWith('slug', slug).count({ useMasterKey: true });
  object.set('slug', taken ? `${slug}-${taken + 1}` : slug);
}, {
  fields: {
    name: { type: String, required: true },
    price: { type: Number, required: true, options: price => price >= 0, error: 'A price cannot be negative.' },
  },
});

// Nobody but the office sees what a product costs us.
Parse.Cloud.afterFind('Product', ({ objects, master }) => {
  if (!master) for (const product of objects) product.unset('cost');
  return objects;
});
