import { misplacedAttribute } from "../../diagnostics/codes/attributes.js";
import type { Attribute } from "../../syntax/tree.js";
import { allAttributes } from "../attributes/all-attributes.js";
import { PLACE_NAMES, type Place } from "../attributes/places.js";
import { ATTRIBUTES, attributeSpec } from "../attributes/table.js";
import type { CheckContext, Rule } from "../context.js";

/** Every attribute stands where one of its kind belongs. */
export const placedAttributes: Rule = (context) => {
  for (const { attributes, place } of allAttributes(context)) {
    for (const attribute of attributes) {
      if (attributeSpec(attribute.name.text, place) === undefined) report(context, attribute, PLACE_NAMES[place]);
    }
  }
  for (const { namespace } of context.files) {
    for (const attribute of namespace?.attributes ?? []) report(context, attribute, "a namespace");
  }
};

function report(context: CheckContext, { name, span }: Attribute, place: string): void {
  const places = placesOf(name.text).map((each) => PLACE_NAMES[each]);
  if (places.length > 0) context.report(misplacedAttribute, { name: name.text, place, places }, span);
}

function placesOf(name: string): readonly Place[] {
  return ATTRIBUTES.filter((spec) => spec.name === name).flatMap((spec) => spec.places);
}
