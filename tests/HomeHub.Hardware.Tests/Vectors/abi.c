// Writes abi.txt: what the kernel's own headers make of the requests and structures that HomeHub.Hardware writes and reads by hand.
//   cc abi.c -o abi && ./abi > abi.txt
#include <linux/gpio.h>
#include <linux/input.h>
#include <stdio.h>
#include <string.h>

static void hex(const char *name, const void *octets, size_t count) {
  printf("%s ", name);
  for (size_t i = 0; i < count; i++) printf("%02X", ((const unsigned char *)octets)[i]);
  printf("\n");
}

static struct gpio_v2_line_request ask(unsigned offset, __u64 flags) {
  struct gpio_v2_line_request request;
  memset(&request, 0, sizeof request);
  request.offsets[0] = offset;
  strcpy(request.consumer, "homehub");
  request.config.flags = flags;
  request.num_lines = 1;
  return request;
}

static void attribute(struct gpio_v2_line_request *request, __u32 id, __u64 values, __u32 debounce) {
  struct gpio_v2_line_config_attribute *one = &request->config.attrs[request->config.num_attrs++];
  one->attr.id = id;
  if (id == GPIO_V2_LINE_ATTR_ID_DEBOUNCE) one->attr.debounce_period_us = debounce;
  else one->attr.values = values;
  one->mask = 1;
}

int main(void) {
  printf("GetChip %08X\nGetLineInfo %08X\nGetLine %08X\nGetValues %08X\nSetValues %08X\n", (unsigned)GPIO_GET_CHIPINFO_IOCTL, (unsigned)GPIO_V2_GET_LINEINFO_IOCTL,
         (unsigned)GPIO_V2_GET_LINE_IOCTL, (unsigned)GPIO_V2_LINE_GET_VALUES_IOCTL, (unsigned)GPIO_V2_LINE_SET_VALUES_IOCTL);
  printf("SetClock %08X\nGetName %08X\nGetKeys %08X\nGetCodesKey %08X\nGetCodesSound %08X\n", (unsigned)EVIOCSCLOCKID, (unsigned)EVIOCGNAME(128), (unsigned)EVIOCGKEY(96),
         (unsigned)EVIOCGBIT(EV_KEY, 96), (unsigned)EVIOCGBIT(EV_SND, 8));

  struct gpio_v2_line_request output = ask(17, GPIO_V2_LINE_FLAG_OUTPUT | GPIO_V2_LINE_FLAG_ACTIVE_LOW);
  attribute(&output, GPIO_V2_LINE_ATTR_ID_OUTPUT_VALUES, 1, 0);
  hex("AskOutput", &output, sizeof output);

  struct gpio_v2_line_request input = ask(300, GPIO_V2_LINE_FLAG_INPUT | GPIO_V2_LINE_FLAG_EDGE_RISING | GPIO_V2_LINE_FLAG_EDGE_FALLING | GPIO_V2_LINE_FLAG_BIAS_PULL_UP);
  attribute(&input, GPIO_V2_LINE_ATTR_ID_DEBOUNCE, 0, 30000);
  hex("AskInput", &input, sizeof input);
  input.fd = 77;
  hex("Granted77", &input, sizeof input);

  struct gpio_v2_line_values values = {.bits = 1, .mask = 1};
  hex("ValueOn", &values, sizeof values);

  struct gpio_v2_line_info info;
  memset(&info, 0, sizeof info);
  strcpy(info.name, "homehub-light");
  strcpy(info.consumer, "someone");
  info.offset = 5;
  info.flags = GPIO_V2_LINE_FLAG_USED | GPIO_V2_LINE_FLAG_OUTPUT;
  hex("LineInfo", &info, sizeof info);

  struct gpiochip_info chip;
  memset(&chip, 0, sizeof chip);
  strcpy(chip.name, "gpiochip0");
  strcpy(chip.label, "pl061");
  chip.lines = 8;
  hex("Chip", &chip, sizeof chip);

  struct gpio_v2_line_event edge;
  memset(&edge, 0, sizeof edge);
  edge.timestamp_ns = 1234567890123ULL;
  edge.id = GPIO_V2_LINE_EVENT_FALLING_EDGE;
  edge.offset = 300;
  edge.seqno = 4;
  edge.line_seqno = 4;
  hex("Falling", &edge, sizeof edge);

  struct input_event key = {.type = EV_KEY, .code = KEY_PROG1, .value = 1};
  key.time.tv_sec = 1234;
  key.time.tv_usec = 567890;
  hex("KeyDown", &key, sizeof key);

  struct input_event tone = {.type = EV_SND, .code = SND_TONE, .value = 2000};
  hex("Tone", &tone, sizeof tone);
  return 0;
}
