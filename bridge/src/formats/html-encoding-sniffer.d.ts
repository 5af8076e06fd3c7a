declare module 'html-encoding-sniffer' {
  /** The name of an encoding, or `defaultEncoding`. */
  export default function sniffEncoding(
    bytes: Uint8Array,
    options: { xml?: boolean; defaultEncoding?: string },
  ): string;
}
