import { Liquid } from 'liquidjs';

const liquid = new Liquid({
  renderLimit: 1000,
  parseLimit: 100_000,
  memoryLimit: 1e7,
  ownPropertyOnly: true,
});
// Studio's filter beside those of Liquid: https://www.twilio.com/docs/studio/user-guide/liquid-template-language#standard-filters
liquid.registerFilter('to_json', (value: unknown) => JSON.stringify(value ?? null));

/** Renders a property. Unknown variables are empty, as in Studio. Throws on a template that is none. */
export function render(template: string, context: object): string {
  return String(liquid.parseAndRenderSync(template, context));
}

/** The reason why a text is no template, or nothing. */
export function templateFault(template: string): string | undefined {
  try {
    liquid.parse(template);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
