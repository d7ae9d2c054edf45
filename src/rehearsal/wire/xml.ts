/** XML in and out through the SDK's own serializers, with what they leave to be put right. */
import {XmlShapeDeserializer, XmlShapeSerializer} from '@aws-sdk/core/protocols'
import type {Schema, Shape} from './schema.js'

const settings = (xmlns?: string) => ({
  timestampFormat: {useTrait: true, default: 5 as const},
  httpBindings: true,
  xmlNamespace: xmlns ?? '',
  serviceNamespace: '',
})

export const XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'

// XML 1.0 has no way to write these: botocore refuses a document that contains one, so that coloured
// log lines or NULs lose them here. Lone surrogates are not
// characters either.
const INVALID = /[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu

const ATTRIBUTE_WITH_BREAK = /="[^"]*[\t\r\n][^"]*"/g
const BREAKS: Record<string, string> = {'\t': '&#x9;', '\r': '&#xD;', '\n': '&#xA;'}

/**
 * Makes a serialized document well-formed for every parser: characters that XML forbids are dropped, and
 * line breaks inside an attribute are escaped, which a parser would otherwise turn into spaces. In element
 * text the serializer escapes quotes, so that `="` occurs in tags only.
 */
export function tidyXml(xml: string): string {
  const clean = xml.replace(INVALID, '')
  return clean.replace(ATTRIBUTE_WITH_BREAK, attribute =>
    attribute.replace(/[\t\r\n]/g, character => BREAKS[character] ?? ''),
  )
}

/** A structure as an XML document; throws if the value does not fit the schema. */
export function writeXml(schema: Schema, value: Shape, xmlns?: string): string {
  const serializer = new XmlShapeSerializer(settings(xmlns))
  serializer.write(schema, value)
  return XML_DECLARATION + tidyXml(String(serializer.flush()))
}

/** Reads an XML document whose root element stands for the structure; throws if it is malformed. */
export function readXml(schema: Schema, body: Uint8Array): unknown {
  return new XmlShapeDeserializer(settings()).read(schema, body)
}
