"""Drawn pictures that stand in for photos of the demonstration activities."""

import io
import random

from PIL import Image, ImageDraw

from core.uploads import CheckedPhoto, check_photo

SIZE = (1200, 800)
SKIES = ["#e8eef0", "#f3eadc", "#e9efe4", "#f2e4df"]
WALLS = ["#d9cdbb", "#cdbfa9", "#e0d5c4", "#c9b8a0"]
TREES = ["#6f8f72", "#87a384", "#5d7f66"]
COATS = ["#a8322a", "#2f6b4f", "#c98a2b", "#3d5a73"]


def draw_photo(dice: random.Random) -> CheckedPhoto:
    """An arcade street with people, drawn by seeded chance and checked like any."""
    image = Image.new("RGB", SIZE, dice.choice(SKIES))
    pen = ImageDraw.Draw(image)
    pen.rectangle([0, 600, *SIZE], fill="#d8d2c6")
    for left in range(-40, SIZE[0], 210):
        _house(pen, left, dice)
    for _tree in range(dice.randint(1, 3)):
        _tree_at(pen, dice.randint(50, 1150), dice)
    for _someone in range(dice.randint(4, 9)):
        _person_at(pen, dice.randint(80, 1120), dice)
    file = io.BytesIO()
    image.save(file, "JPEG", quality=80)
    file.seek(0)
    file.name = "demo.jpg"
    return check_photo(file)


def _house(pen: ImageDraw.ImageDraw, left: int, dice: random.Random) -> None:
    top = dice.randint(180, 300)
    pen.rectangle([left, top, left + 200, 620], fill=dice.choice(WALLS))
    for column in (30, 115):
        for row in range(top + 40, 420, 90):
            pen.rectangle(
                [left + column, row, left + column + 55, row + 60], fill="#f7f3ea"
            )
    pen.pieslice([left + 30, 440, left + 170, 580], 180, 360, fill="#8a7a66")
    pen.rectangle([left + 30, 509, left + 170, 620], fill="#8a7a66")


def _tree_at(pen: ImageDraw.ImageDraw, x: int, dice: random.Random) -> None:
    pen.rectangle([x - 8, 480, x + 8, 640], fill="#7a6a58")
    for _leaf in range(5):
        dx, dy = dice.randint(-60, 60), dice.randint(-60, 40)
        pen.ellipse(
            [x + dx - 60, 420 + dy - 60, x + dx + 60, 420 + dy + 60],
            fill=dice.choice(TREES),
        )


def _person_at(pen: ImageDraw.ImageDraw, x: int, dice: random.Random) -> None:
    y = dice.randint(590, 690)
    pen.rounded_rectangle([x - 22, y, x + 22, y + 90], 18, fill=dice.choice(COATS))
    pen.ellipse([x - 17, y - 34, x + 17, y], fill="#c9a184")
