import { ComponentType as C } from 'discord-api-types/v10';
import { checkUrl } from './embeds.ts';
import type { Form } from './form.ts';

const selects: ReadonlySet<number> = new Set([
  C.StringSelect,
  C.UserSelect,
  C.RoleSelect,
  C.MentionableSelect,
  C.ChannelSelect,
]);
const inContainer = [C.ActionRow, C.TextDisplay, C.Section, C.MediaGallery, C.Separator, C.File];
const inLabel = [C.TextInput, ...selects, C.FileUpload, 21, 22, 23];

interface ComponentCounts {
  customIds: Set<string>;
  componentIds: Set<number>;
  components: number;
  text: number;
}

/** Message components, both generations. https://docs.discord.com/developers/components/reference */
export function checkMessageComponents(body: Form, v2: boolean): void {
  const tally = newCounts();
  const rows = body.list('components', v2 ? {} : { max: 5 });
  for (const form of rows) check(form, v2 ? [...inContainer, C.Container] : [C.ActionRow], tally, true);
  if (v2 && tally.components > 40) {
    body.fail(
      'components',
      'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
      `The total number of components cannot exceed 40 (got ${tally.components})`,
    );
  }
  if (v2 && tally.text > 4000) {
    body.fail(
      'components',
      'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
      'The total size of displayable text exceeds the maximum of 4000',
    );
  }
}

/** What a modal holds: title, custom id and one to five labels, texts or (older) rows with a text input. */
export function checkModal(data: Form): void {
  data.string('custom_id', { min: 1, max: 100, required: true });
  data.string('title', { min: 1, max: 45, required: true });
  const tally = newCounts();
  for (const form of data.list('components', { min: 1, max: 5 })) {
    check(form, [C.ActionRow, C.TextDisplay, C.Label], tally, false);
  }
}

const newCounts = (): ComponentCounts => ({
  customIds: new Set(),
  componentIds: new Set(),
  components: 0,
  text: 0,
});

function check(form: Form, allowed: number[], tally: ComponentCounts, inMessage: boolean): void {
  const type = form.integer('type', { required: true });
  if (typeof type !== 'number') return;
  if (!allowed.includes(type)) {
    form.fail('type', 'BASE_TYPE_CHOICES', `Value must be one of {${allowed.join(', ')}}.`);
    return;
  }
  tally.components += 1;
  const id = form.integer('id', { min: 0 });
  if (id) {
    if (tally.componentIds.has(id)) {
      form.fail('id', 'COMPONENT_ID_DUPLICATED', 'Component id cannot be duplicated');
    }
    tally.componentIds.add(id);
  }
  if (type === C.ActionRow) checkRow(form, tally, inMessage);
  else if (type === C.Button) checkButton(form, tally);
  else if (selects.has(type)) checkSelect(form, type, tally);
  else if (type === C.TextInput) checkTextInput(form, tally);
  else if (type === C.Label) {
    form.string('label', { min: 1, max: 45, required: true });
    form.string('description', { max: 100 });
    const inner = form.object('component');
    if (inner) check(inner, inLabel, tally, inMessage);
    else if (!form.has('component')) form.fail('component', 'BASE_TYPE_REQUIRED', 'This field is required');
  } else if (type === C.FileUpload) {
    checkCustomId(form, tally);
    form.integer('min_values', { min: 0, max: 10 });
    form.integer('max_values', { min: 1, max: 10 });
    const types = form.value.file_types;
    if (Array.isArray(types) && !types.every((each) => /^(image|video|audio|\.\w+)$/.test(String(each))))
      form.fail('file_types', 'BASE_TYPE_CHOICES', 'Must be image, video, audio or a file extension.');
  } else if (type === C.RadioGroup || type === C.CheckboxGroup) {
    checkCustomId(form, tally);
    for (const option of form.list('options', { min: type === C.RadioGroup ? 2 : 1, max: 10 })) {
      option.string('label', { min: 1, max: 100, required: true });
      option.string('value', { min: 1, max: 100, required: true });
      option.string('description', { max: 100 });
    }
  } else if (type === C.Checkbox) checkCustomId(form, tally);
  else if (type === C.TextDisplay) {
    tally.text += form.string('content', { min: 1, max: 4000, required: true })?.length ?? 0;
  } else if (type === C.Section) {
    for (const inner of form.list('components', { min: 1, max: 3 }))
      check(inner, [C.TextDisplay], tally, inMessage);
    const accessory = form.object('accessory');
    if (accessory) check(accessory, [C.Button, C.Thumbnail], tally, inMessage);
    else form.fail('accessory', 'BASE_TYPE_REQUIRED', 'This field is required');
  } else if (type === C.Container) {
    for (const inner of form.list('components', { min: 1, max: 40 }))
      check(inner, inContainer, tally, inMessage);
    form.integer('accent_color', { min: 0, max: 0xffffff });
  } else if (type === C.Thumbnail) {
    checkMedia(form, 'media');
    form.string('description', { max: 1024 });
  } else if (type === C.MediaGallery) {
    for (const item of form.list('items', { min: 1, max: 10 })) checkMedia(item, 'media');
  } else if (type === C.File) checkMedia(form, 'file');
}

function checkMedia(form: Form, key: string): void {
  const media = form.object(key);
  if (!media) form.fail(key, 'BASE_TYPE_REQUIRED', 'This field is required');
  else {
    media.string('url', { required: true });
    checkUrl(media, 'url', true);
  }
}

function checkCustomId(form: Form, tally: ComponentCounts): void {
  const id = form.string('custom_id', { min: 1, max: 100, required: true });
  if (!id) return;
  if (tally.customIds.has(id)) {
    form.fail('custom_id', 'COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated');
  }
  tally.customIds.add(id);
}

function checkRow(form: Form, tally: ComponentCounts, inMessage: boolean): void {
  const inner = form.list('components', { min: 1, max: 5 });
  const width = inner.reduce((sum, c) => sum + (c.value.type === C.Button ? 1 : 5), 0);
  if (width > 5 && inner.length <= 5) {
    form.fail('', 'COMPONENT_LAYOUT_WIDTH_EXCEEDED', 'The specified component exceeds the maximum width');
  }
  for (const c of inner) check(c, inMessage ? [C.Button, ...selects] : [C.TextInput], tally, inMessage);
}

function checkButton(form: Form, tally: ComponentCounts): void {
  const style = form.integer('style', { min: 1, max: 6, required: true });
  form.string('label', { max: 80 });
  if (style === 5) {
    form.string('url', { required: true, max: 512 });
    checkUrl(form, 'url');
    if (form.has('custom_id')) {
      form.fail(
        'custom_id',
        'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
        'A custom id and url cannot both be specified',
      );
    }
  } else if (style !== 6) {
    checkCustomId(form, tally);
    if (form.has('url')) {
      form.fail(
        'url',
        'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
        'A custom id and url cannot both be specified',
      );
    }
  }
  if (style !== 6 && !form.value.label && !form.has('emoji')) {
    form.fail('', 'BUTTON_COMPONENT_INVALID', 'A button must have a label or an emoji');
  }
}

function checkSelect(form: Form, type: number, tally: ComponentCounts): void {
  checkCustomId(form, tally);
  form.string('placeholder', { max: 150 });
  const min = form.integer('min_values', { min: 0, max: 25 }) ?? 1;
  const max = form.integer('max_values', { min: 1, max: 25 }) ?? 1;
  if (min > max)
    form.fail(
      'max_values',
      'SELECT_COMPONENT_MAX_LESS_THAN_MIN',
      'max_values must not be less than min_values',
    );
  if (type !== C.StringSelect) return;
  const values = new Set<string>();
  const options = form.list('options', { min: 1, max: 25 });
  for (const option of options) {
    option.string('label', { min: 1, max: 100, required: true });
    option.string('description', { max: 100 });
    const value = option.string('value', { min: 1, max: 100, required: true });
    if (value && values.has(value)) {
      option.fail(
        'value',
        'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
        'The specified option value is already used',
      );
    }
    if (value) values.add(value);
  }
  if (max > options.length && options.length > 0) {
    form.fail(
      'max_values',
      'SELECT_COMPONENT_MAX_OPTIONS',
      'max_values must not exceed the number of options',
    );
  }
}

function checkTextInput(form: Form, tally: ComponentCounts): void {
  checkCustomId(form, tally);
  form.integer('style', { min: 1, max: 2, required: true });
  form.string('label', { max: 45 });
  form.integer('min_length', { min: 0, max: 4000 });
  form.integer('max_length', { min: 1, max: 4000 });
  form.string('value', { max: 4000 });
  form.string('placeholder', { max: 100 });
}
