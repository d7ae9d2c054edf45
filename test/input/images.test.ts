import {describe, expect, test} from 'vitest'
import {parseImages} from '../../src/input/images.js'
import {wantedVersion} from '../../src/input/wanted-version.js'

describe('a place for images', () => {
  test.each([
    ['s3://images', {bucket: 'images', prefix: ''}],
    ['s3://images/', {bucket: 'images', prefix: ''}],
    ['s3://images/mcp-gateway/v1.0.7', {bucket: 'images', prefix: 'mcp-gateway/v1.0.7/'}],
    ['s3://images.of.class/v1/', {bucket: 'images.of.class', prefix: 'v1/'}],
  ])('%s is a bucket and a prefix that ends in a slash', (text, place) => {
    expect(parseImages(text, '--to')).toEqual(place)
  })

  test.each(['images/v1/', 'https://images/v1/', 's3:///v1/', 's3://Images/v1/', 's3://images//v1/'])(
    '%s is none, and the message names the flag',
    text => {
      expect(() => parseImages(text, '--from')).toThrow(
        expect.objectContaining({
          code: 'INVALID_IMAGES',
          exitCode: 2,
          message: `--from must be s3://bucket/prefix/, not "${text}".`,
          hint: expect.stringContaining('--from s3://'),
        }),
      )
    },
  )
})

test('the version that is wanted is the one that the templates pin', () => {
  expect(wantedVersion()).toBe('v1.0.7')
})
