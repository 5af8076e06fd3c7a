import { Elysia } from 'elysia';
import { errorResponse, invalid, TwilioError } from '../errors.ts';
import { readForm } from '../serverless/upload.ts';

/**
 * Where Twilio's CLI sends a plugin's sources before it deploys. Undocumented: the request and the fields that are read
 * of the answer are from `@twilio/flex-plugin-scripts` 7.1.2. The stand-in accepts every source.
 */
export function pluginValidationRoutes() {
  return new Elysia({ prefix: '/flex-plugin-upload/v1/Plugin' })
    .onError(({ error }) => {
      if (error instanceof TwilioError) return errorResponse(error);
      throw error;
    })
    .post(
      '/Validate',
      async ({ request }) => {
        const form = await readForm(request);
        for (const field of ['flex_ui_version', 'plugin_name'])
          if (!form.get(field)) throw invalid(`Missing required parameter ${field}`);
        const zip = form.get('plugin_zip');
        if (!(zip instanceof Blob) || zip.size === 0) throw invalid('plugin_zip must be a file');
        return {
          request_id: crypto.randomUUID(),
          api_compatibility: [],
          version_compatibility: [],
          dom_manipulation: [],
          errors: [],
        };
      },
      { parse: 'none' },
    );
}
