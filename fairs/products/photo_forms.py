"""What staff hand over as a photo."""

from django import forms

from fairs.models import ProductPhoto
from fairs.products.photos import MOST


class PhotoForm(forms.Form):
    """One JPG or PNG; what is wrong with it is found when it is kept (`photos.add`) and shown beside it."""

    file = forms.FileField(
        label="Tệp ảnh",
        widget=forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png"}),
        error_messages={"required": "Chọn tệp ảnh.", "empty": "Tệp rỗng."},
        help_text="JPG hoặc PNG. Ảnh được thu nhỏ, bỏ vị trí chụp và thông tin máy ảnh.",
    )
    view = forms.ChoiceField(label="Góc chụp", choices=ProductPhoto.View.choices, help_text=f"Nhiều nhất {MOST} ảnh.")
    caption = forms.CharField(label="Chú thích", max_length=150, required=False)

    def add_refusal(self, refusal):
        """Everything that can be refused is about the file."""
        self.add_error("file", refusal.sentence)
