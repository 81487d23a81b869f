import type { CodeDefinition } from "../diagnostics/define.js";
import { diagnose, type Diagnostic, type Extras } from "../diagnostics/diagnostic.js";
import type { Span } from "../source/span.js";
import type { Declaration, Field, SchemaFile, TypeNode } from "../syntax/tree.js";
import { BrokenPlaces } from "./broken-places.js";
import { fieldsOf, placeOf, type FieldOwner, type FieldPlace } from "./kinds.js";
import { collectNamespaces, type CallableDeclarationNode, type Namespace } from "./project.js";
import { typeOf } from "./resolve.js";
import { Suggestions } from "./suggestions.js";
import type { ResolvedType } from "./types.js";

/** One check over the whole project. Reports what it finds; changes nothing. */
export type Rule = (context: CheckContext) => void;

/** A declaration with the namespace that it is in. */
export interface Placed<D> {
  readonly declaration: D;
  readonly namespace: Namespace;
}

/** A field with all that decides what it may be. */
export interface PlacedField {
  readonly field: Field;
  readonly place: FieldPlace;
  readonly owner: FieldOwner;
  readonly namespace: Namespace;
}

interface Part {
  readonly whole: CheckContext;
  readonly placed: readonly Placed<Declaration>[];
}

/** What every rule sees: the declarations by kind, types after resolution, and a place for its findings. */
export class CheckContext {
  readonly namespaces: ReadonlyMap<string, Namespace>;
  readonly files: readonly SchemaFile[];
  readonly broken: BrokenPlaces;
  readonly diagnostics: Diagnostic[];
  readonly #placed: readonly Placed<Declaration>[];
  readonly #byKind = new Map<Declaration["kind"], Placed<Declaration>[]>();
  readonly suggestions: Suggestions;
  readonly #types: WeakMap<TypeNode, ResolvedType>;
  #fields: readonly PlacedField[] | undefined;

  /**
   * @param files ordered by path.
   * @param syntaxProblems what the parser has said of them; nothing is reported twice.
   * @param part for {@link narrowedTo}.
   */
  constructor(files: readonly SchemaFile[], syntaxProblems: readonly Diagnostic[], part?: Part) {
    const whole = part?.whole;
    this.files = files;
    this.namespaces = whole?.namespaces ?? collectNamespaces(files);
    this.broken = whole?.broken ?? new BrokenPlaces(files, syntaxProblems);
    this.diagnostics = whole?.diagnostics ?? [];
    this.suggestions = whole?.suggestions ?? new Suggestions();
    this.#types = whole === undefined ? new WeakMap() : whole.#types;
    this.#placed =
      part?.placed ??
      [...this.namespaces.values()].flatMap((namespace) =>
        namespace.declarations.map((declaration) => ({ declaration, namespace })),
      );
    for (const placed of this.#placed) {
      const list = this.#byKind.get(placed.declaration.kind);
      if (list === undefined) this.#byKind.set(placed.declaration.kind, [placed]);
      else list.push(placed);
    }
  }

  /** The same project and findings, of which only some declarations are listed. @param placed in order. */
  narrowedTo(placed: readonly Placed<Declaration>[]): CheckContext {
    return new CheckContext(this.files, [], { whole: this, placed });
  }

  /** Every declaration, repeated ones included. */
  get declarations(): readonly Placed<Declaration>[] {
    return this.#placed;
  }

  /** Every declaration of one kind, in order. */
  all<K extends Declaration["kind"]>(kind: K): readonly Placed<Extract<Declaration, { kind: K }>>[] {
    return (this.#byKind.get(kind) ?? []) as unknown as readonly Placed<Extract<Declaration, { kind: K }>>[];
  }

  /** Systems, then endpoints. */
  callables(): readonly Placed<CallableDeclarationNode>[] {
    return [...this.all("SystemDeclaration"), ...this.all("EndpointDeclaration")];
  }

  /** Every field, session field and parameter. */
  fields(): readonly PlacedField[] {
    this.#fields ??= this.#placed.flatMap(({ declaration: owner, namespace }) =>
      owner.kind === "EnumDeclaration"
        ? []
        : fieldsOf(owner).map((field) => ({ field, place: placeOf(owner), owner, namespace })),
    );
    return this.#fields;
  }

  /** The type that a node means, seen from a namespace; resolved once. */
  type(node: TypeNode, from: Namespace): ResolvedType {
    const known = this.#types.get(node);
    if (known !== undefined) return known;
    const type = typeOf(node, from, this.namespaces);
    this.#types.set(node, type);
    return type;
  }

  report<P>(definition: CodeDefinition<P>, params: P, span: Span, extras?: Extras): void {
    this.diagnostics.push(diagnose(definition, params, span, extras));
  }
}
