import { expect, test } from 'bun:test';
import { flowTemplate, templatePath } from '@flexcord/bridge/twilio/studio/template';
import { chooseVariants } from '../../variants.ts';
import { validateDefinition } from './validate.ts';

test('the flow in the repository is up to date (bun run studio:flow), and Studio accepts it', async () => {
  const text = await Bun.file(templatePath).text();
  expect(text).toBe(flowTemplate());
  expect(validateDefinition(text, chooseVariants())).toMatchObject({ errors: [], warnings: [] });
});
