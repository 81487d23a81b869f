import type { ColumnModel } from "../../model/model.js";

/** A column with its name in C#. */
export interface CsharpColumn extends ColumnModel {
  readonly property: string;
  /** Not every reader of the row gets it. */
  readonly optional: boolean;
}

/** The primary key, which the model does not list. */
export const ID: CsharpColumn = {
  name: "id",
  property: "Id",
  type: { kind: "scalar", name: "i64" },
  visibility: "public",
  optional: false,
};
