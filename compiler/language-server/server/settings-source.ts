import { type Connection, DidChangeConfigurationNotification, type InitializeParams } from "vscode-languageserver/node";
import { readSettings, type Settings } from "./settings.js";

const SECTION = "hetu";

/**
 * The user's settings as the editor has them now. An editor that can be asked is asked for its section `hetu`; others
 * pass settings when they start the server, or when they change.
 */
export class SettingsSource {
  current: Settings;
  readonly #connection: Connection;
  readonly #canAsk: boolean;
  readonly #canRegister: boolean;
  readonly #onChange: () => void;

  constructor(connection: Connection, { capabilities, initializationOptions }: InitializeParams, onChange: () => void) {
    this.#connection = connection;
    this.#canAsk = capabilities.workspace?.configuration === true;
    this.#canRegister = capabilities.workspace?.didChangeConfiguration?.dynamicRegistration === true;
    this.#onChange = onChange;
    this.current = readSettings(sectionOf(initializationOptions));
  }

  /** Asks for the first time, and from now on whenever something changes. */
  start(): void {
    this.#connection.onDidChangeConfiguration(({ settings }) => {
      if (this.#canAsk) this.#ask();
      else this.#take(sectionOf(settings));
    });
    if (this.#canRegister) {
      const { client } = this.#connection;
      client.register(DidChangeConfigurationNotification.type, { section: SECTION }).catch(() => undefined);
    }
    if (this.#canAsk) this.#ask();
  }

  #ask(): void {
    this.#connection.workspace.getConfiguration(SECTION).then(
      (section: unknown) => this.#take(section),
      () => undefined,
    );
  }

  #take(section: unknown): void {
    this.current = readSettings(section);
    this.#onChange();
  }
}

/** Some editors wrap the section in an object of its name, some do not. */
function sectionOf(settings: unknown): unknown {
  if (typeof settings !== "object" || settings === null || !(SECTION in settings)) return settings;
  return Reflect.get(settings, SECTION);
}
