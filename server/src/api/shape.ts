import type { JsonSchema } from './named-schemas.ts';

/**
 * A JSON Schema as one would write the type down: `{ id: uuid; text?: string }`. For reading; the
 * schema itself is in the API's description.
 */
export function shapeOf(schema: JsonSchema, indent = ''): string {
  if (typeof schema.$ref === 'string') return schema.$ref.split('/').at(-1) ?? '';
  if ('const' in schema) return JSON.stringify(schema.const);
  if (Array.isArray(schema.enum))
    return schema.enum.map((each) => JSON.stringify(each)).join(' | ');
  const either = schema.oneOf ?? schema.anyOf;
  if (Array.isArray(either)) return alternatives(either as JsonSchema[], indent);
  if (schema.type === 'array') return listOf(schema.items as JsonSchema, indent);
  if (schema.type === 'object') return objectOf(schema, indent);
  return wordFor(schema);
}

function alternatives(schemas: JsonSchema[], indent: string): string {
  const shapes = schemas.map((each) => shapeOf(each, indent));
  const isLong = shapes.join(' | ').length > 90;
  return shapes.join(isLong ? `\n${indent}| ` : ' | ');
}

function listOf(items: JsonSchema, indent: string): string {
  const shape = shapeOf(items, indent);
  return shape.includes(' | ') ? `(${shape})[]` : `${shape}[]`;
}

function objectOf(schema: JsonSchema, indent: string): string {
  const properties = Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>);
  const required = (schema.required as string[] | undefined) ?? [];
  if (properties.length === 0) return mapOf(schema, indent);
  const inner = `${indent}  `;
  const lines = properties.map(([name, value]) => {
    const note = typeof value.description === 'string' ? `  // ${value.description}` : '';
    return `${inner}${name}${required.includes(name) ? '' : '?'}: ${shapeOf(value, inner)}${note}`;
  });
  return `{\n${lines.join('\n')}\n${indent}}`;
}

function mapOf(schema: JsonSchema, indent: string): string {
  const { additionalProperties: values, propertyNames: names } = schema;
  if (typeof values !== 'object' || values === null) return '{}';
  const key = typeof names === 'object' && names !== null ? shapeOf(names as JsonSchema) : 'string';
  return `{ [${key}]: ${shapeOf(values as JsonSchema, indent)} }`;
}

function wordFor({ type, format, minLength, maxLength }: JsonSchema): string {
  if (type === undefined) return 'any';
  if (type !== 'string') return String(type);
  if (format !== undefined) return String(format);
  if (maxLength === undefined) return 'string';
  return `string of ${minLength ? `${minLength} to ` : 'at most '}${maxLength}`;
}
