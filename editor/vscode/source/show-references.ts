import * as vscode from "vscode";

interface Place {
  readonly line: number;
  readonly character: number;
}

interface WireLocation {
  readonly uri: string;
  readonly range: { readonly start: Place; readonly end: Place };
}

/** What the code lenses run: their arguments come over the wire and are made the editor's own values. */
export async function showReferences(uri: string, position: Place, locations: readonly WireLocation[]): Promise<void> {
  const at = (place: Place): vscode.Position => new vscode.Position(place.line, place.character);
  await vscode.commands.executeCommand(
    "editor.action.showReferences",
    vscode.Uri.parse(uri),
    at(position),
    locations.map(
      ({ uri: file, range }) =>
        new vscode.Location(vscode.Uri.parse(file), new vscode.Range(at(range.start), at(range.end))),
    ),
  );
}
