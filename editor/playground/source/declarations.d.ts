declare module "*.hetu" {
  const text: string;
  export default text;
}
