export function EdgeCloudPage() {
  return null
}
