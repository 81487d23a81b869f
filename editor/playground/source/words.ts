/** What the page says, in its languages. What the compiler says is in English. */
const ENGLISH = {
  title: "HeTu playground",
  schema: "Schema",
  schemaHelp: "Schema. Control and M: the tab key moves the focus instead of writing.",
  example: "Example",
  exampleChoose: "Examples…",
  copyLink: "Copy link",
  format: "Format",
  dark: "Dark",
  light: "Light",
  output: "What the schema becomes",
  file: "File",
  copyFile: "Copy file",
  "server-ts": "TypeScript server",
  "client-ts": "TypeScript client",
  "client-js": "JavaScript client",
  "client-csharp": "C#",
  "schema.json": "schema.json",
  graph: "Clusters",
  problems: "Problems",
  noProblems: "No problems",
  oneProblem: "1 problem",
  manyProblems: "{count} problems",
  stale: "The schema has errors: this is what its last version without errors became.",
  nothingYet: "The schema has errors. What it becomes is shown when they are gone.",
  linkCopied: "The link is copied. It holds the whole schema; nothing is stored on a server.",
  linkShown: "Your browser does not let the page copy. The link is in the address bar now.",
  linkTooLong: "The schema is too long for a link: {length} of at most {most} characters. Send the file instead.",
  linkBroken: "The link holds no schema that can be read: it may have been cut. Your last schema is shown instead.",
  fileCopied: "Copied.",
  copyFailed: "Your browser does not let the page copy.",
  download: "Download",
  files: "Files",
  newFile: "New file",
  renameFile: "Rename file",
  rename: "Rename",
  delete: "Delete",
  copyText: "Copy text",
  path: "Path",
  ok: "OK",
  cancel: "Cancel",
  pathTaken: "There is already a file {path}.",
  pathWrong:
    "{path} is no path for a schema file: letters and digits with `/` between folders, and `.hetu` at its end.",
  fileErrors: "{name}, has errors",
  fileWarnings: "{name}, has warnings",
  fileDeleted: "{path} is deleted.",
  undo: "Undo",
  replaced: "Your schema was replaced.",
  copyOf: "A copy of {name}: changes stay in this browser until you copy or download them.",
  copyChanged: "Your changed copy of {name} from last time. “Read again” drops it.",
  copyBehind:
    "Your changed copy of {name} from last time; the files have changed on the disk since. “Read again” drops the copy and takes them.",
  readAgain: "Read again",
  textCopied: "The text of {path} is copied.",
  smaller: "Smaller",
  larger: "Larger",
  fit: "Fit the width",
  saveSvg: "Download SVG",
  graphAround: "Show what is around",
  wholeGraph: "All clusters",
  tables: "Tables",
  systems: "Systems",
  graphHelp: "Clusters. Plus and minus scale, 0 fits the width, arrow keys move.",
  tooManyProblems: "{count} problems, the first {listed} of them:",
  compilerFailed: "The compiler has failed: {reason}",
  dismiss: "Close",
} as const;

type Word = keyof typeof ENGLISH;

const CHINESE: Readonly<Record<Word, string>> = {
  title: "HeTu 演练场",
  schema: "Schema",
  schemaHelp: "Schema。按 Ctrl+M 后，Tab 键用于移动焦点。",
  example: "示例",
  exampleChoose: "示例…",
  copyLink: "复制链接",
  format: "格式化",
  dark: "深色",
  light: "浅色",
  output: "生成结果",
  file: "文件",
  copyFile: "复制文件",
  "server-ts": "TypeScript 服务端",
  "client-ts": "TypeScript 客户端",
  "client-js": "JavaScript 客户端",
  "client-csharp": "C#",
  "schema.json": "schema.json",
  graph: "集群图",
  problems: "问题",
  noProblems: "没有问题",
  oneProblem: "1 个问题",
  manyProblems: "{count} 个问题",
  stale: "Schema 有错误：这里显示的是上一个没有错误的版本的生成结果。",
  nothingYet: "Schema 有错误。改正后这里会显示生成结果。",
  linkCopied: "链接已复制。链接包含整个 schema，服务器上不保存任何内容。",
  linkShown: "浏览器不允许页面复制。链接已放到地址栏。",
  linkTooLong: "Schema 太长，放不进链接：{length} 个字符，最多 {most} 个。请直接发送文件。",
  linkBroken: "链接里没有可读的 schema，可能被截断了。这里显示的是你上次的 schema。",
  fileCopied: "已复制。",
  copyFailed: "浏览器不允许页面复制。",
  download: "下载",
  files: "文件",
  newFile: "新建文件",
  renameFile: "重命名文件",
  rename: "重命名",
  delete: "删除",
  copyText: "复制文本",
  path: "路径",
  ok: "确定",
  cancel: "取消",
  pathTaken: "文件 {path} 已存在。",
  pathWrong: "{path} 不能作为 schema 文件的路径：请用字母和数字，文件夹之间用 `/`，以 `.hetu` 结尾。",
  fileErrors: "{name}，有错误",
  fileWarnings: "{name}，有警告",
  fileDeleted: "{path} 已删除。",
  undo: "撤销",
  replaced: "原来的 schema 已被替换。",
  copyOf: "这是 {name} 的副本：改动只保存在这个浏览器里，请复制或下载后放回项目。",
  copyChanged: "这是你上次改过的 {name} 副本。“重新读取”会丢弃它。",
  copyBehind: "这是你上次改过的 {name} 副本；之后磁盘上的文件又有变化。“重新读取”会丢弃副本，改用磁盘上的文件。",
  readAgain: "重新读取",
  textCopied: "{path} 的文本已复制。",
  smaller: "缩小",
  larger: "放大",
  fit: "适应宽度",
  saveSvg: "下载 SVG",
  graphAround: "显示其周围",
  wholeGraph: "全部集群",
  tables: "表",
  systems: "系统",
  graphHelp: "集群图。加号和减号缩放，0 适应宽度，方向键移动。",
  tooManyProblems: "{count} 个问题，列出前 {listed} 个：",
  compilerFailed: "编译器出错：{reason}",
  dismiss: "关闭",
};

const TABLES = { en: ENGLISH, zh: CHINESE } as const;

export type Language = keyof typeof TABLES;

/** The page's strings in the language that is chosen. */
export class Words {
  #language: Language;

  constructor(language: Language) {
    this.#language = language;
  }

  get language(): Language {
    return this.#language;
  }

  /** Writes every element with `data-word`, the names of those with `data-label` and the tips of those with `data-title`, in a language. */
  use(language: Language): void {
    this.#language = language;
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    document.title = this.of("title");
    for (const element of document.querySelectorAll<HTMLElement>("[data-word]")) {
      element.textContent = this.of(element.dataset["word"] as Word);
    }
    for (const element of document.querySelectorAll<HTMLElement>("[data-label]")) {
      element.setAttribute("aria-label", this.of(element.dataset["label"] as Word));
    }
    for (const element of document.querySelectorAll<HTMLElement>("[data-title]")) {
      element.title = this.of(element.dataset["title"] as Word);
    }
  }

  /** @param values for what stands in braces. */
  of(word: Word, values: Readonly<Record<string, string | number>> = {}): string {
    const text: string = TABLES[this.#language][word];
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  }
}

/** What a browser asks for. */
export function preferredLanguage(wanted: readonly string[] = navigator.languages): Language {
  const known = wanted.map((tag) => tag.toLowerCase().split("-")[0]).find((tag) => tag === "zh" || tag === "en");
  return known === "zh" ? "zh" : "en";
}
