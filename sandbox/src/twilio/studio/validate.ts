import type { Variants } from '../../variants.ts';
import { conditionTypes } from './conditions.ts';
import type { FlowDefinition } from './definition.ts';
import { isObject, type JsonObject, parseObject } from './json.ts';
import { templateFault } from './liquid.ts';
import {
  MAX_FLEX_ATTRIBUTES_CHARACTERS,
  MAX_FLEX_TIMEOUT_SECONDS,
  type WidgetType,
  widgetTypes,
} from './widget-types.ts';

/** What is wrong, and where: `#/states/2/transitions/0/next`. */
export interface Problem {
  message: string;
  property_path: string;
}

export interface Validation {
  errors: Problem[];
  warnings: Problem[];
  /** Present where there are no errors. */
  definition?: FlowDefinition;
}

type FlowVariants = Pick<Variants, 'templatedAttributes' | 'widgetAttributesMeasured'>;

const definitionKeys = ['$schema', 'description', 'initial_state', 'flags', 'states'];
const MAX_STATES = 1000;

/** Checks a definition as strictly as Studio's schemas read, and that every transition leads to an existing state. */
export function validateDefinition(text: string, variants: FlowVariants): Validation {
  const errors: Problem[] = [];
  const warnings: Problem[] = [];
  const definition = parseObject(text);
  if (!definition)
    return { errors: [{ message: 'definition is not a JSON object', property_path: '#' }], warnings };
  for (const key of Object.keys(definition))
    if (!definitionKeys.includes(key))
      errors.push({ message: 'unknown property', property_path: `#/${key}` });
  if (!Array.isArray(definition.states) || definition.states.length === 0)
    return {
      errors: [...errors, { message: 'at least one state is required', property_path: '#/states' }],
      warnings,
    };
  if (definition.states.length > MAX_STATES)
    errors.push({ message: `more than ${MAX_STATES} states`, property_path: '#/states' });

  const states = definition.states.filter(isObject);
  if (states.length < definition.states.length)
    errors.push({ message: 'every state must be an object', property_path: '#/states' });
  const names = states.map((state) => state.name);
  for (const [index, state] of states.entries()) {
    if (names.indexOf(state.name) !== index)
      errors.push({
        message: `widget name is not unique: ${state.name}`,
        property_path: `#/states/${index}/name`,
      });
    errors.push(...checkState(state, names, `#/states/${index}`, variants));
  }
  if (states.filter((state) => state.type === 'trigger').length !== 1)
    errors.push({ message: 'exactly one trigger is required', property_path: '#/states' });
  const initial = states.find((state) => state.name === definition.initial_state);
  if (initial?.type !== 'trigger')
    errors.push({ message: 'initial_state must name the trigger', property_path: '#/initial_state' });
  if (errors.length > 0) return { errors, warnings };

  // Every part has been checked above, which the compiler cannot see.
  const checked = definition as unknown as FlowDefinition;
  return { errors: unreachable(checked), warnings, definition: checked };
}

function checkState(state: JsonObject, names: unknown[], path: string, variants: FlowVariants): Problem[] {
  const type = widgetTypes.get(String(state.type));
  if (!type)
    return [
      { message: `widget type ${state.type} is not known to the sandbox`, property_path: `${path}/type` },
    ];
  const problems: Problem[] = [];
  if (typeof state.name !== 'string' || state.name === '')
    problems.push({ message: 'name is required', property_path: `${path}/name` });
  for (const key of Object.keys(state))
    if (!['name', 'type', 'properties', 'transitions'].includes(key))
      problems.push({ message: 'unknown property', property_path: `${path}/${key}` });
  const properties = isObject(state.properties) ? state.properties : {};
  problems.push(...checkProperties(properties, type, `${path}/properties`));
  if (state.type === 'send-to-flex')
    problems.push(...checkSendToFlex(properties, `${path}/properties`, variants));
  if (state.type === 'set-variables')
    problems.push(...checkPairs(properties.variables, `${path}/properties/variables`));
  if (state.type === 'make-http-request')
    problems.push(...checkHttpRequest(properties, `${path}/properties`));
  if (!Array.isArray(state.transitions))
    return [...problems, { message: 'transitions are required', property_path: `${path}/transitions` }];
  for (const [index, transition] of state.transitions.entries())
    problems.push(...checkTransition(transition, type, names, `${path}/transitions/${index}`));
  return problems;
}

function checkProperties(properties: JsonObject, type: WidgetType, path: string): Problem[] {
  const problems: Problem[] = [];
  for (const name of type.required)
    if (properties[name] === undefined || properties[name] === '')
      problems.push({ message: `${name} is required`, property_path: `${path}/${name}` });
  for (const [name, value] of Object.entries(properties)) {
    if (name === 'offset') continue;
    const expected = type.properties[name];
    const actual = Array.isArray(value) ? 'array' : typeof value;
    if (!expected) problems.push({ message: 'unknown property', property_path: `${path}/${name}` });
    else if (expected !== actual)
      problems.push({ message: `must be ${expected}`, property_path: `${path}/${name}` });
    if (typeof value !== 'string') continue;
    const fault = templateFault(value);
    if (fault)
      problems.push({ message: `not a Liquid template: ${fault}`, property_path: `${path}/${name}` });
  }
  return problems;
}

/** What attributes are while nothing is known of the values: `{"from": {{x | to_json}}}` is an object, `{{x}}` is none. */
const withoutTemplates = (attributes: string) =>
  attributes.replace(/\{\{.*?\}\}/gs, 'null').replace(/\{%.*?%\}/gs, '');

function checkSendToFlex(properties: JsonObject, path: string, variants: FlowVariants): Problem[] {
  const problems: Problem[] = [];
  const { attributes, timeout, priority } = properties;
  const isMeasured = variants.widgetAttributesMeasured !== 'rendered';
  if (isMeasured && typeof attributes === 'string' && attributes.length > MAX_FLEX_ATTRIBUTES_CHARACTERS)
    problems.push({
      message: `is longer than ${MAX_FLEX_ATTRIBUTES_CHARACTERS}`,
      property_path: `${path}/attributes`,
    });
  const isTemplated = typeof attributes === 'string' && /\{[{%]/.test(attributes);
  if (
    typeof attributes === 'string' &&
    !(isTemplated && variants.templatedAttributes === 'taken') &&
    !parseObject(withoutTemplates(attributes))
  )
    problems.push({ message: 'is not a JSON object', property_path: `${path}/attributes` });
  if (
    timeout !== undefined &&
    !(/^\d+$/.test(String(timeout)) && Number(timeout) <= MAX_FLEX_TIMEOUT_SECONDS)
  )
    problems.push({
      message: `must be seconds up to ${MAX_FLEX_TIMEOUT_SECONDS}`,
      property_path: `${path}/timeout`,
    });
  if (priority !== undefined && !/^\d+$/.test(String(priority)))
    problems.push({ message: 'must be a number', property_path: `${path}/priority` });
  return problems;
}

function checkHttpRequest(properties: JsonObject, path: string): Problem[] {
  const { method, content_type: contentType } = properties;
  const problems = checkPairs(properties.parameters ?? [], `${path}/parameters`);
  if (method !== undefined && method !== 'GET' && method !== 'POST')
    problems.push({ message: 'must be GET or POST', property_path: `${path}/method` });
  if (
    contentType !== undefined &&
    !/^application\/(json|x-www-form-urlencoded)(;\s?charset=utf-8)?$/.test(String(contentType))
  )
    problems.push({ message: 'must be JSON or form-urlencoded', property_path: `${path}/content_type` });
  return problems;
}

function checkPairs(pairs: unknown, path: string): Problem[] {
  const list = Array.isArray(pairs) ? pairs : [];
  return list.flatMap((pair, index) => {
    const sound =
      isObject(pair) && typeof pair.key === 'string' && pair.key !== '' && typeof pair.value === 'string';
    return sound ? [] : [{ message: 'must have key and value', property_path: `${path}/${index}` }];
  });
}

function checkTransition(transition: unknown, type: WidgetType, names: unknown[], path: string): Problem[] {
  if (!isObject(transition)) return [{ message: 'must be an object', property_path: path }];
  const problems: Problem[] = [];
  const { event, next, conditions } = transition;
  if (!type.events.includes(String(event)))
    problems.push({
      message: `event must be one of ${type.events.join(', ')}`,
      property_path: `${path}/event`,
    });
  if (next !== undefined && !names.includes(next))
    problems.push({ message: `there is no widget ${next}`, property_path: `${path}/next` });
  if (event === 'match' && (!Array.isArray(conditions) || conditions.length === 0))
    problems.push({ message: 'a match needs conditions', property_path: `${path}/conditions` });
  for (const [index, condition] of (Array.isArray(conditions) ? conditions : []).entries())
    if (!isSoundCondition(condition))
      problems.push({
        message: `must have friendly_name, arguments, value and a type of ${conditionTypes.join(', ')}`,
        property_path: `${path}/conditions/${index}`,
      });
  return problems;
}

function isSoundCondition(condition: unknown): boolean {
  if (!isObject(condition)) return false;
  const { friendly_name: name, arguments: inputs, type, value } = condition;
  if (type === 'regex' && typeof value === 'string' && !isExpression(value)) return false;
  const isList = Array.isArray(inputs) && inputs.length > 0 && inputs.every((it) => typeof it === 'string');
  return (
    typeof name === 'string' && isList && conditionTypes.includes(String(type)) && typeof value === 'string'
  );
}

/** A value with a template is known only when it is rendered. */
function isExpression(value: string): boolean {
  try {
    return value.includes('{{') || new RegExp(value).source !== '';
  } catch {
    return false;
  }
}

function unreachable(definition: FlowDefinition): Problem[] {
  const reached = new Set([definition.initial_state]);
  for (const name of reached)
    for (const { next } of definition.states.find((state) => state.name === name)?.transitions ?? [])
      if (next) reached.add(next);
  return definition.states.flatMap(({ name }, index) =>
    reached.has(name)
      ? []
      : [{ message: `nothing leads to widget ${name}`, property_path: `#/states/${index}` }],
  );
}
