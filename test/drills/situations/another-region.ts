/** Rules whose advice is another region, and what is refused in the one where the environment was to stand. */
export const anotherRegion = [
  ['zone-without-subnets', 'PrivateSubnet2'],
  ['endpoint-not-in-zone', 'AWS::EC2::VPCEndpoint'],
  ['database-zones', 'AWS::RDS::DBSubnetGroup'],
  ['file-system-zone', 'AWS::EFS::MountTarget'],
  ['type-unavailable', 'AWS::RDS::DBProxy'],
] as const
