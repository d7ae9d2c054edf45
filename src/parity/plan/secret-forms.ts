import {visible} from '../../visible.js'

/** In Base64 something shorter could be a part of anything. */
const shortestEncoded = 6
/** A line of a key or a certificate. */
const shortestLine = 16

/** A secret, and what it looks like where something else was made of it or it was shown. */
export function formsOf(secret: string): string[] {
  const trimmed = secret.trim()
  const lines = secret.split(/\r?\n/).filter(line => line.length >= shortestLine)
  const plain = [secret, trimmed, ...lines].flatMap(text => [
    text,
    visible(text),
    inJson(text),
    inJson(inJson(text)),
  ])
  if (trimmed.length < shortestEncoded) return plain
  const inUrl = encoded(secret)
  return [...plain, inUrl, inUrl.replaceAll('%20', '+'), inUrl.toLowerCase(), ...inBase64(secret)]
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}

/** Halves of surrogate pairs have no form in a URL. */
function encoded(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString())
}

/** Three bytes are four letters: inside a longer text it may begin at each of three places, and its edges mix with others. */
function inBase64(secret: string): string[] {
  const bytes = Buffer.from(secret)
  const inside = [0, 1, 2].map(before => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    const from = Math.ceil((before * 8) / 6)
    return whole.slice(from, Math.floor(((before + bytes.length) * 8) / 6))
  })
  const whole = bytes.toString('base64').replace(/=+$/, '')
  return [whole, ...inside].flatMap(text => [text, text.replaceAll('+', '-').replaceAll('/', '_')])
}
