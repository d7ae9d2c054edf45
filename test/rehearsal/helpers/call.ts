import type {Call} from '../../../src/rehearsal/wire/call.js'

/** The call around an input, for handlers that look at its region only. */
export function callIn(region: string): Call {
  return {
    service: 'sts',
    operation: 'Test',
    input: {},
    region,
    requestId: 'test',
    method: 'POST',
    host: '127.0.0.1',
    path: '/',
    query: new URLSearchParams(),
    headers: {},
    rawBody: new Uint8Array(),
  }
}
