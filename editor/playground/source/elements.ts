/** Elements of index.html by id. @throws Error when the page and its script do not belong together. */
export function element<E extends HTMLElement>(id: string, type: abstract new (...args: never[]) => E): E {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`the page has no ${type.name} #${id}`);
  return found;
}
