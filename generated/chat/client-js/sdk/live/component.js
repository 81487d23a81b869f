function freezingRows(spec) {
    return { ...spec, read: (row) => Object.freeze(spec.read(row)) };
}
export function component(spec) {
    return Object.freeze(freezingRows(spec));
}
export function copiedComponent(spec) {
    // The same copy is the same object, as the base is.
    const copies = new Map();
    return Object.freeze({
        ...freezingRows(spec),
        copy(suffix) {
            let copy = copies.get(suffix);
            if (copy === undefined) {
                copy = component({ ...spec, name: `${spec.name}:${suffix}` });
                copies.set(suffix, copy);
            }
            return copy;
        },
    });
}
