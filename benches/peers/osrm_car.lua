-- A profile for OSRM that asks what ours asks, so that both choose the same ways.
--
-- `travel.py` puts a table `P` in front of this file: the figures of the profile in
-- src/roads/profiles. Nothing else costs: no turn, no U-turn, no traffic light. The weight is
-- the time in milliseconds, since OSRM's own times are rounded to tenths of a second on every
-- piece of road. Roundabouts are not told, for OSRM then bars turns that no map bars.

api_version = 4

local OPEN, PRIVATE, CLOSED = 1, 2, 3
local KMH_PER_MPH, WALK = 1.609344, 7

local function words(text)
  local set = {}
  for word in text:gmatch('%S+') do set[word] = true end
  return set
end

local open = words 'yes permissive designated official public destination customers delivery visitors discouraged allowed limited dismount'
local private = words 'private permit residents resident employees staff members restricted privat'
local closed = words 'no agricultural forestry military emergency use_sidepath psv bus taxi hov hgv never prohibited impassable'
local no_figure = words 'default none no no_sign no_indications unsigned below_default unknown'

local function tag(object, key)
  local value = object:get_value_by_key(key)
  if value and value ~= '' then return value end
end

-- The kindest of several access values.
local function read_access(value)
  local best
  for part in (value .. ';'):gmatch('%s*(.-)%s*;') do
    local one = open[part] and OPEN or private[part] and PRIVATE or closed[part] and CLOSED
    if one and (not best or one < best) then best = one end
  end
  return best
end

-- What access tags say, and whether a key other than `access` says so.
local function verdict(object, direction)
  for _, key in ipairs(P.access) do
    for _, k in ipairs(direction and { key .. ':' .. direction, key } or { key }) do
      local value = tag(object, k)
      local access = value and read_access(value)
      if access then return access, k ~= 'access' end
    end
  end
end

local function admits(access)
  return access == OPEN or access == PRIVATE and P.pass_private
end

-- Metres or tonnes.
local function read_size(value)
  local feet, inches = value:match("^%s*([%d.]+)%s*'%s*([%d.]*)")
  if feet then return (tonumber(feet) + (tonumber(inches) or 0) / 12) * 0.3048 end
  local figure, unit = value:match('^([%d.]+)%s*(%a*)$')
  local factor = ({ [''] = 1, m = 1, t = 1, kg = 0.001, cm = 0.01, ft = 0.3048 })[unit or '?']
  return factor and tonumber(figure) and tonumber(figure) * factor
end

local function too_big(object)
  for key, own in pairs(P.size) do
    local value = tag(object, key)
    local limit = value and not no_figure[value] and read_size(value)
    if limit and limit > 0 and limit < own then return true end
  end
end

local zones = {
  urban = 50, urban_primary = 50, urban_secondary = 50, city = 50,
  rural = 80, nsl_single = 80, single_carriageway = 80,
  trunk = 100, express = 100, expressway = 100, nsl_dual = 100, nsl_restricted = 100,
  motorway = 120, living_street = WALK, walk = WALK, pedestrian_zone = WALK,
  bicycle_road = 30, school = 30,
}

local function read_limit(value)
  if value == 'none' or value == 'no' then return P.max_kmh end
  if value == 'walk' then return WALK end
  local zone = value:match('^[^:]*:(.*)$')
  if zone then return zones[zone] or tonumber(zone:match('^%D*(.*)$')) end
  local figure, unit = value:match('^([%d.]+)%s*(.*)$')
  local factor = ({ [''] = 1, ['km/h'] = 1, kmh = 1, kph = 1, mph = KMH_PER_MPH })[unit or '?']
  local kmh = factor and tonumber(figure)
  return kmh and kmh > 0 and kmh < 1000 and kmh * factor or nil
end

-- The limit signed on a way: of several the lowest.
local function limit(way, direction)
  for _, key in ipairs { 'maxspeed:' .. direction, 'maxspeed' } do
    local value, lowest = tag(way, key), nil
    for part in ((value or '') .. ';'):gmatch('%s*(.-)%s*[;|]') do
      local kmh = read_limit(part)
      if kmh and (not lowest or kmh < lowest) then lowest = kmh end
    end
    if lowest then return lowest end
  end
end

-- Which directions are open, forward first.
local function directions(way)
  for _, key in ipairs(P.oneway) do
    local value = tag(way, key)
    if value == 'yes' or value == 'true' or value == '1' then return true, false end
    if value == '-1' or value == 'reverse' then return false, true end
    if value == 'no' or value == 'false' or value == '0' or value == 'alternating' then return true, true end
    if value == 'reversible' then return false, false end
  end
  local junction = tag(way, 'junction')
  local implied = tag(way, 'highway') == 'motorway' or junction == 'roundabout' or junction == 'circular'
  return true, not (implied and P.obeys_oneway)
end

local function base(class)
  return (class:gsub('_link$', ''))
end

local function kmh_of(way, class, class_kmh, direction)
  local kmh, signed = class_kmh, limit(way, direction)
  if signed and P.maxspeed_sets[base(class)] then
    kmh = signed
  elseif signed and P.maxspeed_caps then
    kmh = math.min(kmh, signed)
  end
  for key, caps in pairs { service = P.service, surface = P.surface } do
    kmh = math.min(kmh, caps[tag(way, key) or ''] or kmh)
  end
  return math.min(kmh * P.factor, P.max_kmh)
end

function setup()
  return {
    properties = {
      weight_name = 'milliseconds',
      weight_precision = 3,
      max_speed_for_map_matching = P.max_kmh / 3.6,
      process_call_tagless_node = false,
      use_turn_restrictions = true,
      continue_straight_at_waypoint = false,
      u_turn_penalty = 0,
    },
    restrictions = P.vehicles,
    classes = {},
    excludable = {},
  }
end

function process_node(profile, node)
  local access, specific = verdict(node)
  local kind = tag(node, 'barrier')
  local shut
  if too_big(node) then
    shut = true
  elseif not kind then
    local crossing = tag(node, 'highway') == 'crossing' or tag(node, 'crossing')
    shut = access and specific and not admits(access) and not crossing
  elseif access and not admits(access) then
    shut = true
  else
    shut = not (access and specific) and not P.barrier[kind]
      or tag(node, 'locked') == 'yes' and not P.pass_private
  end
  local delay = kind and P.barrier[kind] or 0
  if shut then
    obstacle_map:add(node, Obstacle.new(obstacle_type.barrier))
  elseif delay > 0 then
    obstacle_map:add(node, Obstacle.new(obstacle_type.gate, obstacle_direction.both, delay, 0))
  end
end

function process_way(profile, way, result)
  local class = tag(way, 'highway')
  if not class or tag(way, 'route') == 'ferry' or tag(way, 'area') == 'yes' then return end
  local kmh = P.class[class] or P.tagged[class]
  local tagged_only = not P.class[class] and P.tagged[class]
  if not kmh then
    kmh = P.class[base(class)] or P.tagged[base(class)]
    tagged_only = not P.class[base(class)]
  end
  if not kmh or kmh == 0 or too_big(way) then return end
  for key, value in pairs(P.closed_if) do
    if tag(way, key) == value then return end
  end
  local forward, backward = directions(way)
  for direction, is_open in pairs { forward = forward, backward = backward } do
    local access, specific = verdict(way, direction)
    if is_open and admits(access or OPEN) and (specific or not tagged_only) then
      local speed = kmh_of(way, class, kmh, direction)
      result[direction .. '_mode'] = mode.driving
      result[direction .. '_speed'] = speed
      result[direction .. '_rate'] = speed / 3.6
    end
  end
  result.is_startpoint = not P.no_stop[base(class)]
end

function process_turn(profile, turn)
  for _, obstacle in pairs(obstacle_map:get(turn.from, turn.via)) do
    turn.duration = turn.duration + obstacle.duration
  end
  turn.weight = turn.duration
end

return { setup = setup, process_node = process_node, process_way = process_way, process_turn = process_turn }
