import { invalid, notFound } from '../twilio/errors.ts';
import { created, isJsonObject, type JsonObject, jsonObject, noContent, product } from '../twilio/http.ts';

/** A device of the agent's to which messages would be pushed. */
export interface PushRegistration {
  id: string;
  channel: 'fcm' | 'apn';
  /** What the device is known by to Google or Apple. */
  address: string;
}

/** By their id. The stand-in keeps them and pushes nothing: there is neither Google nor Apple here. */
export type PushRegistrations = Map<string, PushRegistration>;

/**
 * Registrations for push notifications, as the client asks for them by its socket at `ers.us1.twilio.com`. Derived from
 * the unchanged client (@twilio/notifications 3.0.2); there is no public description, and that a device which is registered
 * again keeps its id is a guess.
 */
export function pushRoutes(registrations: PushRegistrations) {
  return (
    product('/v1/registrations')
      .post('', ({ call }) => {
        const body = jsonObject(call.text || '{}', 'body');
        const channel = channelOf(body.channel_type);
        const data = isJsonObject(body.data) ? body.data : {};
        const address = word(data, 'registration_id');
        const id = find(channel, address)?.id ?? crypto.randomUUID();
        registrations.set(id, { id, channel, address });
        return created({ id });
      })
      .delete('/:id', ({ params }) => {
        if (!registrations.delete(params.id)) throw notFound(`/v1/registrations/${params.id}`);
        return noContent();
      })
      // Of a device that may have been registered by an earlier client.
      .delete('', ({ call }) => {
        const body = jsonObject(call.text || '{}', 'body');
        const found = find(channelOf(body.binding_type), word(body, 'address'));
        if (found) registrations.delete(found.id);
        return noContent();
      })
  );

  function find(channel: string, address: string): PushRegistration | undefined {
    return [...registrations.values()].find((one) => one.channel === channel && one.address === address);
  }
}

function channelOf(value: unknown): PushRegistration['channel'] {
  if (value !== 'fcm' && value !== 'apn') throw invalid('The channel must be fcm or apn');
  return value;
}

function word(body: JsonObject, name: string): string {
  const value = body[name];
  if (typeof value !== 'string' || value === '') throw invalid(`${name} is required`);
  return value;
}
