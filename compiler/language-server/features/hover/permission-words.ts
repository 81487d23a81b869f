import { readFieldName, readName, readRules } from "../../../check/attributes/read.js";
import type { CallableDeclarationNode } from "../../../check/project.js";
import type { ComponentDeclaration, Field, RlsExpression } from "../../../syntax/tree.js";

/** Who sees the rows of a component. */
export function readersInWords(component: ComponentDeclaration): string {
  const permission = readName(component, "permission")?.value;
  if (permission === "owner") return "Logged-in users see the rows whose `owner` they are; admins see all rows.";
  const rules = readRules(component);
  if (rules.length > 0) {
    const conditions = rules.map(({ value }) => ruleInWords(value)).join(" and ");
    return `Logged-in users see the rows where ${conditions}; admins see all rows.`;
  }
  if (permission === "everybody") return "Everybody sees its rows, also before logging in.";
  if (permission === "user") return "Logged-in users see its rows.";
  return "Only admins see its rows.";
}

/** Who may call a system or an endpoint. */
export function callersInWords(callable: CallableDeclarationNode): string {
  switch (readName(callable, "permission")?.value) {
    case "everybody":
      return "Everybody may call it, also before logging in.";
    case "user":
      return "Logged-in users may call it.";
    case "admin":
      return "Admins may call it.";
    default:
      return "Internal: no client may call it.";
  }
}

/** Who gets a column, of those who see the row. */
export function viewersInWords(component: ComponentDeclaration, field: Field): string {
  switch (readFieldName(field, "column", "permission")?.value) {
    case "admin":
      return "Only admins get it.";
    case "owner":
      return "Of those who see the row, its `owner` and admins get it.";
    default:
      return `All who see the row get it. ${readersInWords(component)}`;
  }
}

const OPERATORS: Readonly<Record<RlsExpression["operator"]["text"], string>> = {
  "==": "is",
  "!=": "is not",
  "<": "is less than",
  "<=": "is at most",
  ">": "is greater than",
  ">=": "is at least",
};

function ruleInWords({ column, operator, member }: RlsExpression): string {
  const other = member.text === "caller" ? "their own id" : `\`${member.text}\` of their session`;
  return `\`${column.text}\` ${OPERATORS[operator.text]} ${other}`;
}
