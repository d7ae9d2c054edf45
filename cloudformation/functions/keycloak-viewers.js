// What viewers of the Keycloak distribution may ask for. compute-stack.yaml carries this text and puts the ranges in:
// "npm run embed" writes it there, the linter compares the two. Runtime: cloudfront-js-2.0.

// IPv4 ranges of whoever may administer Keycloak, and of the NAT gateways. A viewer with an IPv6 address is in none.
var ranges = '${Ranges}'.split(',');

// What a login needs, in plain spelling; the load balancer's rule for a domain has the same. A server may take
// //admin, /realms/../admin and /%61dmin for /admin, so that nobody asks here what the administration is called.
var everybodys = [
  /^\/realms\/mcp-gateway(\/(protocol|login-actions|broker|account|device|\.well-known)(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*)?\/?$/,
  /^\/(resources|js)(\/[A-Za-z0-9_@-][A-Za-z0-9@._-]*)+$/,
  // Two documents without secrets, by which mcpgw verify knows from anywhere that Keycloak answers.
  /^\/realms\/master(\/\.well-known\/openid-configuration)?$/
];

// A number from 0 to 2^32 - 1; NaN for what is no IPv4 address, which is in no range.
function numberOf(address) {
  if (!/^[0-9]{1,3}(\.[0-9]{1,3}){3}$/.test(address)) return NaN;
  return address.split('.').reduce(function (number, part) {
    return Number(part) > 255 ? NaN : number * 256 + Number(part);
  }, 0);
}

function isIn(range, address) {
  var parts = range.split('/');
  var size = Math.pow(2, 32 - Number(parts[1]));
  return Math.floor(numberOf(parts[0]) / size) === Math.floor(numberOf(address) / size);
}

function handler(event) {
  var request = event.request;
  var isEverybodys = everybodys.some(function (path) {
    return path.test(request.uri);
  });
  var isAdmitted = ranges.some(function (range) {
    return isIn(range, event.viewer.ip);
  });
  if (isEverybodys || isAdmitted) return request;
  return {
    statusCode: 403,
    statusDescription: 'Forbidden',
    headers: { 'content-type': { value: 'text/plain' } },
    body: 'This address may not administer Keycloak. AdminCidrBlocks says which ones may.'
  };
}
