/**
 * Walks over one MessagePack value without building it, and refuses what would make a decoder allocate more than the
 * message itself justifies: a header of a few bytes may announce four billion elements, and such headers nest. After
 * this walk every announced element is known to be present.
 *
 * Reference: the MessagePack specification's format table. Extension types are refused: no frame has any.
 *
 * @param bytes one whole message.
 * @param maxDepth arrays and maps that may be open at a time.
 * @throws WireError when the value is cut off, followed by more bytes, nested too deeply or contains an extension.
 */
export declare function checkMessage(bytes: Uint8Array, maxDepth: number): void;
/**
 * The same walk over the value that starts at `start`, where others may follow.
 *
 * @returns where the value ends.
 * @throws WireError
 */
export declare function valueEnd(bytes: Uint8Array, start: number, maxDepth: number): number;
