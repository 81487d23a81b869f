import type { Rule } from "../context.js";
import { acyclicCalls } from "./acyclic-calls.js";
import { acyclicStructs } from "./acyclic-structs.js";
import { attributeArguments } from "./attribute-arguments.js";
import { attributesOnce } from "./attributes-once.js";
import { boundedCopies } from "./bounded-copies.js";
import { clauseItemsDiffer } from "./clause-items-differ.js";
import { clauseNames } from "./clause-names.js";
import { columnTypes } from "./column-types.js";
import { columnsNotOptional } from "./columns-not-optional.js";
import { compositeIndexes } from "./composite-indexes.js";
import { cronExpressions } from "./cron-expressions.js";
import { declarationsAreUsed } from "./declarations-are-used.js";
import { defaultsFit } from "./defaults-fit.js";
import { defaultsOnColumns } from "./defaults-on-columns.js";
import { deprecatedNames } from "./deprecated-names.js";
import { endpointClauses } from "./endpoint-clauses.js";
import { enumBases } from "./enum-bases.js";
import { enumValuesDiffer } from "./enum-values-differ.js";
import { enumValuesFit } from "./enum-values-fit.js";
import { enumsHaveValues } from "./enums-have-values.js";
import { glueComponents } from "./glue-components.js";
import { hiddenColumnsOfReadableRows } from "./hidden-columns-of-readable-rows.js";
import { indexKeySizes } from "./index-key-sizes.js";
import { indexableColumns } from "./indexable-columns.js";
import { indexesDiffer } from "./indexes-differ.js";
import { knownAttributes } from "./known-attributes.js";
import { knownTypes } from "./known-types.js";
import { limitOverTheWire } from "./limit-over-the-wire.js";
import { memberNamesInSnakeCase } from "./member-names-in-snake-case.js";
import { onceOverTheWire } from "./once-over-the-wire.js";
import { oneBackendPerCluster } from "./one-backend-per-cluster.js";
import { oneSession } from "./one-session.js";
import { optionalParametersLast } from "./optional-parameters-last.js";
import { ownerColumns } from "./owner-columns.js";
import { placedAttributes } from "./placed-attributes.js";
import { rangesFit } from "./ranges-fit.js";
import { renames } from "./renames.js";
import { reservedNames } from "./reserved-names.js";
import { rlsIndexes } from "./rls-indexes.js";
import { rlsNames } from "./rls-names.js";
import { rlsOperands } from "./rls-operands.js";
import { rlsOrPermission } from "./rls-or-permission.js";
import { sessionsHaveFields } from "./sessions-have-fields.js";
import { staleAlone } from "./stale-alone.js";
import { staleOnlyReads } from "./stale-only-reads.js";
import { systemsHaveClauses } from "./systems-have-clauses.js";
import { targetMemberNamesDiffer } from "./target-member-names-differ.js";
import { targetNamesDiffer } from "./target-names-differ.js";
import { triggerSignatures } from "./trigger-signatures.js";
import { triggersAlone } from "./triggers-alone.js";
import { typeNamesInPascalCase } from "./type-names-in-pascal-case.js";
import { typeSizes } from "./type-sizes.js";
import { uniqueCallableNames } from "./unique-callable-names.js";
import { uniqueColumnsWithoutDefault } from "./unique-columns-without-default.js";
import { uniqueEnumValueNames } from "./unique-enum-value-names.js";
import { uniqueFieldNames } from "./unique-field-names.js";
import { uniqueTypeNames } from "./unique-type-names.js";

/**
 * The rules that look at declarations together. What any other one finds in a declaration depends on that declaration
 * and on what it names (`dependencies.ts`), however many it goes through.
 */
export const RULES_OF_THE_WHOLE: ReadonlySet<Rule> = new Set([
  uniqueTypeNames,
  uniqueCallableNames,
  oneSession,
  acyclicStructs,
  acyclicCalls,
  boundedCopies,
  oneBackendPerCluster,
  glueComponents,
  declarationsAreUsed,
  targetNamesDiffer,
]);

/** Every rule, in the order in which a reader would ask; each is a file of its own and knows no other. */
export const RULES: readonly Rule[] = [
  // What is declared, and what names lead to
  uniqueTypeNames,
  uniqueCallableNames,
  uniqueFieldNames,
  uniqueEnumValueNames,
  oneSession,
  reservedNames,
  knownTypes,
  clauseNames,
  clauseItemsDiffer,
  // Types, enums, structs, defaults
  typeSizes,
  enumBases,
  enumsHaveValues,
  enumValuesFit,
  enumValuesDiffer,
  acyclicStructs,
  columnTypes,
  columnsNotOptional,
  optionalParametersLast,
  defaultsOnColumns,
  defaultsFit,
  // Attributes
  knownAttributes,
  placedAttributes,
  attributesOnce,
  attributeArguments,
  rangesFit,
  compositeIndexes,
  indexesDiffer,
  indexableColumns,
  indexKeySizes,
  ownerColumns,
  rlsOrPermission,
  rlsNames,
  rlsOperands,
  renames,
  // Systems and endpoints
  triggerSignatures,
  triggersAlone,
  cronExpressions,
  onceOverTheWire,
  limitOverTheWire,
  staleAlone,
  staleOnlyReads,
  endpointClauses,
  systemsHaveClauses,
  acyclicCalls,
  boundedCopies,
  oneBackendPerCluster,
  glueComponents,
  // What is allowed and most often not meant
  targetNamesDiffer,
  targetMemberNamesDiffer,
  typeNamesInPascalCase,
  memberNamesInSnakeCase,
  rlsIndexes,
  sessionsHaveFields,
  uniqueColumnsWithoutDefault,
  hiddenColumnsOfReadableRows,
  declarationsAreUsed,
  deprecatedNames,
];
